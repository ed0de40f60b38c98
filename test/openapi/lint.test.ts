import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDocument, documentText } from '../../openapi/document.ts';
import { buildNativeDocument } from '../../openapi/native-document.ts';
import { providers } from '../../providers/index.ts';
import { operations } from '../../routes/index.ts';
import { root } from '../architecture/tree.ts';

/** Both linters over the document as the routes make it now, by the rules at the root of the repository. */

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openapi-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly output: string;
}

const run = (name: string, words: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const environment = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const command = join(root, 'node_modules/.bin', name);
    execFile(command, words, { cwd: root, env: environment }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` }),
    );
  });

const linters: readonly (readonly [string, (file: string) => Promise<Outcome>])[] = [
  ['redocly', (file) => run('redocly', ['lint', file, '--config', '.redocly.yaml'])],
  ['spectral', (file) => run('spectral', ['lint', file, '--ruleset', '.spectral.yaml', '--fail-severity', 'hint'])],
];

const good = documentText(buildDocument(operations));
const native = documentText(
  buildNativeDocument(providers.map(({ id, title, operations: read }) => ({ id, title, operations: read?.() ?? [] }))),
);

const written = async (name: string, text: string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};

test.each(linters)('%s finds nothing, not even a hint', { timeout: 60_000 }, async (_name, lint) => {
  const { code, output } = await lint(await written('good.json', good));
  expect(output).not.toMatch(/\bwarn(ing)?s? (was|were)|\d+ warning|Unused rules/i);
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
});

test('redocly finds nothing in the document of vendors, whose names and paths are not ours', {
  timeout: 60_000,
}, async () => {
  // A vendor may have `/telemetry/{stream}/records` beside `/telemetry/metric/{metric}`; the one with fewer parameters is meant.
  const words = ['--skip-rule', 'no-ambiguous-paths'];
  const { code, output } = await run('redocly', ['lint', await written('native.json', native), ...words]);
  expect(output).not.toMatch(/\bwarn(ing)?s? (was|were)|\d+ warning|Unused rules/i);
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
});

test.each(linters)('%s finds what is wrong', { timeout: 60_000 }, async (_name, lint) => {
  const bad = good
    .replaceAll('"application/problem+json"', '"application/json"')
    .replaceAll('"operationId": "listBudgets"', '"operationId": "listCosts"')
    .replace('"summary": "Is the process alive?",', '');
  const { code } = await lint(await written('bad.json', bad));
  expect(code).not.toBe(0);
});
