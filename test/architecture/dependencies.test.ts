import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { dependencyFindings, packagesInUse } from './dependencies.ts';
import { graphOf } from './module.ts';
import { readRepositoryFile, readTree } from './tree.ts';

const explained = '| `left` | Pads texts on the left side. |\n| `@org/right` | Pads texts on the other side. |';
const graph = graphOf({
  'src/pad.ts': "import left from 'left/pad';\nimport right from '@org/right';\nimport type { Up } from 'up';",
});

test('a dependency that is used and explained passes', () => {
  expect(dependencyFindings(['left', '@org/right'], graph, explained)).toEqual([]);
});

test('a dependency that nothing imports is found', () => {
  const findings = dependencyFindings(['left', '@org/right', 'idle'], graph, `${explained}\n| \`idle\` | a b c d e. |`);
  expect(findings).toEqual(['idle: nothing imports it. Uninstall it']);
});

test.each([
  ['is not named', '| `left` | Pads texts on the left side. |'],
  ['is named without a sentence', '| `left` | Pads texts on the left side. |\n| `@org/right` | pads |'],
])('a dependency that %s is found', (_how, document) => {
  expect(dependencyFindings(['left', '@org/right'], graph, document)).toHaveLength(1);
});

test('a package that only development installs is found where it runs', () => {
  expect(dependencyFindings(['left'], graph, explained)).toHaveLength(1);
});

test('every dependency is used at run time, explained, and complete', () => {
  const tree = readTree();
  const dependencies = Object.keys(packageJson.dependencies);
  expect(dependencies.length).toBeGreaterThan(5);
  expect(packagesInUse(tree).size).toBeGreaterThan(5);
  expect(dependencyFindings(dependencies, tree, readRepositoryFile('ARCHITECTURE.md'))).toEqual([]);
});
