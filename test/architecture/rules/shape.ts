import { posix } from 'node:path';
import type { ImportGraph, Module } from '../module.ts';
import { allCode, type Finding, type Rule, within } from '../rule.ts';

/** How the files hang together, how long they are, what they are called. */

const neighbours = (module: Module): readonly string[] =>
  module.imports.flatMap(({ target, typeOnly }) => (target.kind === 'file' && !typeOnly ? [target.path] : []));

/** The shortest way back to where it began, or null. */
const wayBack = (start: Module, graph: ImportGraph): readonly string[] | null => {
  const reached = new Map<string, readonly string[]>();
  const waiting: (readonly string[])[] = [[start.path]];
  for (let way = waiting.shift(); way !== undefined; way = waiting.shift()) {
    const here = graph.get(way.at(-1) ?? '');
    for (const next of here === undefined ? [] : neighbours(here)) {
      if (next === start.path) return [...way, next];
      if (reached.has(next)) continue;
      reached.set(next, way);
      waiting.push([...way, next]);
    }
  }
  return null;
};

const cycle = (module: Module, graph: ImportGraph): readonly Finding[] => {
  const way = wayBack(module, graph);
  return way === null ? [] : [{ line: 1, what: `imports itself: ${way.join(' → ')}` }];
};

const noCycles: Rule = {
  name: 'imports do not run in circles',
  advice: 'Move what both sides need to a file of its own, or import only the type',
  covers: allCode,
  modulesMin: 200,
  check: cycle,
  wrong: [
    { 'src/a.ts': "import { b } from './b.ts';", 'src/b.ts': "import { a } from './a.ts';" },
    {
      'src/a.ts': "import { b } from './b.ts';",
      'src/b.ts': "export * from './c.ts';",
      'src/c.ts': "import './a.ts';",
    },
  ],
  right: [
    { 'src/a.ts': "import { b } from './b.ts';", 'src/b.ts': "import type { A } from './a.ts';" },
    {
      'src/a.ts': "import { b } from './b.ts';\nimport { c } from './c.ts';",
      'src/b.ts': "import { c } from './c.ts';",
      'src/c.ts': '',
    },
  ],
};

const linesMax = 250;
/** Lists of data: they grow with what they list. */
const isCatalogue = (path: string): boolean => path.endsWith('/catalogue.ts') || path.endsWith('/generated.ts');

const linesOf = (text: string): number => text.replace(/\n$/, '').split('\n').length;

const short: Rule = {
  name: 'a file fits into a head',
  advice: `Split it by what it is about; ${linesMax} lines are the most`,
  covers: (path) => within('src', 'routes', 'providers', 'openapi', 'web', 'bench')(path) && !isCatalogue(path),
  modulesMin: 150,
  check: ({ text }) => {
    const lines = linesOf(text);
    return lines > linesMax ? [{ line: linesMax + 1, what: `has ${lines} lines` }] : [];
  },
  wrong: [{ 'src/app/app.ts': 'x;\n'.repeat(linesMax + 1) }],
  right: [
    { 'src/app/app.ts': 'x;\n'.repeat(linesMax) },
    { 'providers/acme/catalogue.ts': 'x;\n'.repeat(linesMax + 1) },
  ],
};

const emptyNames = /^(utils?|utilities|helpers?|common|managers?|misc)$/;

const telling: Rule = {
  name: 'a name says what is in it',
  advice: 'Name the file after the thing or the act it holds, in lower case with hyphens',
  covers: allCode,
  modulesMin: 200,
  check: ({ path }) =>
    path
      .split('/')
      .map((part) => posix.basename(part, '.ts').replace(/\.(test|d)$/, ''))
      .filter((name) => name.split('-').some((word) => emptyNames.test(word)) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
      .map((name) => ({ line: 1, what: `is called ${name}` })),
  wrong: [
    { 'src/costs/utils.ts': '' },
    { 'src/helpers/day.ts': '' },
    { 'test/routes/test-helpers.ts': '' },
    { 'src/token-manager.ts': '' },
    { 'src/costEngine.ts': '' },
  ],
  right: [{ 'src/costs/retry-after.ts': '' }, { 'providers/acme/costs.test.ts': '' }],
};

export const shapeRules: readonly Rule[] = [noCycles, short, telling];
