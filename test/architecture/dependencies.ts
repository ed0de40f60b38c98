import type { ImportGraph } from './module.ts';
import { within } from './rule.ts';

const ofTheServer = within('src', 'routes', 'providers', 'openapi', 'web', 'commands');
/** The client is packed by itself, with what it needs inside; the server never loads it. */
const production = (path: string): boolean => ofTheServer(path) && !within('openapi/client')(path);

/** The packages that are loaded when the gateway runs, with the first file that does so. */
export const packagesInUse = (graph: ImportGraph): ReadonlyMap<string, string> => {
  const used = new Map<string, string>();
  for (const { path, imports } of graph.values()) {
    if (!production(path)) continue;
    for (const { target, typeOnly } of imports) {
      if (target.kind === 'package' && !typeOnly && !used.has(target.name)) used.set(target.name, path);
    }
  }
  return used;
};

const wordsMin = 5;

/** A row of the table of dependencies: the package, and a sentence about it. */
const isExplained = (name: string, document: string): boolean =>
  document.split('\n').some((line) => {
    const [, first = '', reason = ''] = line.split('|').map((cell) => cell.trim());
    return first === `\`${name}\`` && reason.endsWith('.') && reason.split(/\s+/).length >= wordsMin;
  });

export const dependencyFindings = (
  dependencies: readonly string[],
  graph: ImportGraph,
  document: string,
): readonly string[] => {
  const used = packagesInUse(graph);
  return [
    ...dependencies.filter((name) => !used.has(name)).map((name) => `${name}: nothing imports it. Uninstall it`),
    ...dependencies
      .filter((name) => !isExplained(name, document))
      .map((name) => `${name}: say in one sentence, in the table of dependencies in ARCHITECTURE.md, why it is there`),
    ...[...used]
      .filter(([name]) => !dependencies.includes(name))
      .map(([name, path]) => `${name}: ${path} needs it at run time. List it under dependencies, not devDependencies`),
  ];
};
