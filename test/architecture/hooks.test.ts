import ts from 'typescript';
import { expect, test } from 'vitest';
import config from '../../vitest.config.ts';
import { graphOf, type ImportGraph, lineOf } from './module.ts';
import { readTree } from './tree.ts';

const hooks = new Set(['afterAll', 'afterEach', 'aroundAll', 'aroundEach', 'beforeAll', 'beforeEach']);

/** Vitest runs these anew for every test file. */
const setupFiles = [config.test?.setupFiles ?? []].flat();

/** Test files share evaluated modules, so what a module registers when it is loaded holds for the first file only. */
const hooksOf = (tree: ImportGraph): string[] =>
  [...tree.values()]
    .filter(({ path }) => path.startsWith('test/') && !path.endsWith('.test.ts') && !setupFiles.includes(path))
    .flatMap(({ path, source }) =>
      source.statements
        .filter(ts.isExpressionStatement)
        .filter(({ expression }) => ts.isCallExpression(expression) && hooks.has(expression.expression.getText(source)))
        .map((statement) => `${path}:${lineOf(source, statement)}`),
    );

test('no shared module of the tests registers a hook as it is loaded: call onTestFinished, or export a function', () => {
  expect(hooksOf(readTree())).toEqual([]);
});

test('a hook in a shared module is found, and one in a test file is not', () => {
  const text = "import { afterEach } from 'vitest';\nafterEach(() => {});";
  expect(hooksOf(graphOf({ 'test/support/rig.ts': text, 'test/rig.test.ts': text }))).toEqual([
    'test/support/rig.ts:2',
  ]);
});
