import type { Import, ImportGraph, Module } from '../module.ts';
import { type Finding, isTest, type Rule, within } from '../rule.ts';

/** One way through `src/`: who stands lower knows nothing of who stands above. Types count. */

/** From the top down. */
export const floors = [
  'main.ts',
  'app',
  'server',
  'services',
  'costs',
  'analysis',
  'config',
  'telemetry',
  'vendor',
  'store',
  'domain',
] as const;

const inSource = (path: string): boolean => path.startsWith('src/') && path.endsWith('.ts') && !isTest(path);
const floorOf = (path: string): number => floors.map(String).indexOf(path.split('/')[1] ?? '');
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

const filesOf = (imports: readonly Import[]): { readonly path: string; readonly line: number }[] =>
  imports.flatMap(({ target, line }) =>
    target.kind === 'file' && target.path.startsWith('src/') ? [{ path: target.path, line }] : [],
  );

const oneDirection: Rule = {
  name: 'a folder of the middle imports no folder above it, types included',
  advice: `From the top down they are ${floors.join(', ')}. Move what both need into the lower one, or let the upper one hand it over as a value`,
  covers: inSource,
  modulesMin: 200,
  check: ({ path, imports }) => {
    const floor = floorOf(path);
    if (floor === -1) return [{ line: 1, what: 'stands in a folder without a place in the order' }];
    return filesOf(imports)
      .filter((each) => floorOf(each.path) < floor)
      .map((each) => ({ line: each.line, what: `imports ${each.path}, which stands above it` }));
  },
  wrong: [
    { 'src/services/costs.ts': "import { mount } from '../server/operation/mount.ts';" },
    { 'src/services/costs.ts': "import type { OperationAnswer } from '../server/operation/operation.ts';" },
    { 'src/server/operation/define.ts': "import type { Services } from '../../app/services.ts';" },
    { 'src/domain/money.ts': "export type { Store } from '../store/store.ts';" },
    { 'src/vendor/connection.ts': "type Log = import('../telemetry/log.ts').Log;" },
    { 'src/attic/box.ts': 'export const box = 1;' },
  ],
  right: [
    { 'src/server/operation/mount.ts': "import type { WriteTicket } from '../../services/writes/ticket.ts';" },
    { 'src/main.ts': "import { buildApp } from './app/app.ts';" },
    { 'src/store/redis.ts': "import type { Clock } from '../domain/clock.ts';\nimport './store.ts';" },
  ],
};

/** The shortest way from a place back to it, or null. */
const wayBack = (start: string, nextOf: (place: string) => Iterable<string>): readonly string[] | null => {
  const reached = new Set<string>();
  const waiting: (readonly string[])[] = [[start]];
  for (let way = waiting.shift(); way !== undefined; way = waiting.shift()) {
    for (const next of nextOf(way.at(-1) ?? '')) {
      if (next === start) return [...way, next];
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push([...way, next]);
    }
  }
  return null;
};

const folderGraphs = new WeakMap<ImportGraph, ReadonlyMap<string, ReadonlySet<string>>>();
const folderGraphOf = (graph: ImportGraph): ReadonlyMap<string, ReadonlySet<string>> => {
  const known = folderGraphs.get(graph);
  if (known !== undefined) return known;
  const folders = new Map<string, Set<string>>();
  for (const { path, imports } of graph.values()) {
    if (!inSource(path)) continue;
    const targets = folders.get(folderOf(path)) ?? new Set<string>();
    folders.set(folderOf(path), targets);
    for (const target of filesOf(imports)) {
      if (folderOf(target.path) !== folderOf(path)) targets.add(folderOf(target.path));
    }
  }
  folderGraphs.set(graph, folders);
  return folders;
};

const asFinding = (way: readonly string[] | null): readonly Finding[] =>
  way === null ? [] : [{ line: 1, what: `imports itself: ${way.join(' → ')}` }];

const noCircleOfFolders: Rule = {
  name: 'folders of the middle do not import each other in a circle, types included',
  advice: 'Move the file that both sides need into a folder below them',
  covers: inSource,
  modulesMin: 200,
  check: ({ path }, graph) => asFinding(wayBack(folderOf(path), (folder) => folderGraphOf(graph).get(folder) ?? [])),
  wrong: [
    {
      'src/costs/rows/a.ts': "import type { B } from '../segments/b.ts';",
      'src/costs/segments/b.ts': "import { c } from '../rows/c.ts';",
      'src/costs/rows/c.ts': '',
    },
  ],
  right: [
    {
      'src/costs/rows/a.ts': "import type { B } from '../segments/b.ts';",
      'src/costs/segments/b.ts': "import { c } from './c.ts';",
      'src/costs/segments/c.ts': '',
    },
  ],
};

const filesImportedBy = (module: Module | undefined): string[] =>
  (module?.imports ?? []).flatMap(({ target }) => (target.kind === 'file' ? [target.path] : []));

const noCircleOfFiles: Rule = {
  name: 'files do not import each other in a circle, types included',
  advice: 'Give what both sides need a file of its own',
  covers: within('src', 'routes', 'providers', 'openapi', 'web'),
  modulesMin: 300,
  check: ({ path }, graph) => asFinding(wayBack(path, (file) => filesImportedBy(graph.get(file)))),
  wrong: [{ 'src/costs/a.ts': "import { b } from './b.ts';", 'src/costs/b.ts': "import type { A } from './a.ts';" }],
  right: [{ 'src/costs/a.ts': "import { b } from './b.ts';", 'src/costs/b.ts': "import type { C } from './c.ts';" }],
};

export const directionRules: readonly Rule[] = [oneDirection, noCircleOfFolders, noCircleOfFiles];
