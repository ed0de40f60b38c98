import { expect, test } from 'vitest';
import { readConnectWords } from '../../commands/connect/arguments.ts';
import { providers } from '../../providers/index.ts';
import { documentPaths, readDocument, tableRows } from './document.ts';

/** The command lines of these scripts in the documents, in fences and in backticks. */
const linesOf = (script: string): string[][] =>
  documentPaths
    .map(readDocument)
    .flatMap(({ spans, fences }) => [...spans, ...fences.flatMap(({ text }) => text.split('\n'))])
    .filter((line) => line.startsWith(`npm run ${script} -- `))
    .map((line) => line.slice(`npm run ${script} -- `.length).split(' '));

test('every command line for connect in the documents is one that it takes', () => {
  const lines = linesOf('connect');
  expect(lines.length).toBeGreaterThan(2);
  for (const words of lines) expect([words, readConnectWords(words, providers).kind]).not.toContain('fault');
});

test('the README has a row for every flow', () => {
  const rows = tableRows(readDocument('README.md')).map(([first]) => first);
  const flows = providers.flatMap(({ connecting }) => connecting?.flows ?? []);
  expect(flows.length).toBeGreaterThan(5);
  expect(flows.filter(({ id }) => !rows.includes(`\`${id}\``)).map(({ id }) => id)).toEqual([]);
});

test('every command line for the doctor in the documents is one that it takes', () => {
  const lines = linesOf('doctor');
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.flat().filter((word) => word !== '--json')).toEqual([]);
});
