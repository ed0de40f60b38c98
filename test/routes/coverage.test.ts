import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operations } from '../../routes/index.ts';
import type { OperationEntry } from '../../src/server/operation/operation.ts';

const folderOf = (id: string): string => id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const here = import.meta.dirname;

const statusesOf = (id: string): string[] => {
  const folder = join(here, folderOf(id));
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.flatMap((name) => /^(\d{3})\.test\.ts$/.exec(name)?.[1] ?? []);
};

/** Each entry names statuses of which one must have a file. */
const expectedOf = ({ method, path, query, answers }: OperationEntry): string[][] => {
  const inPath = path.includes('{');
  const success = Object.keys(answers).filter((status) => status.startsWith('2'));
  const hasInput = inPath || method === 'PUT' || method === 'POST' || Object.keys(query.shape).length > 0;
  return [
    success,
    ...(hasInput ? [['400']] : []),
    ...(inPath ? [['404']] : []),
    ...(answers[201] !== undefined || method === 'PUT' || method === 'DELETE' ? [['409', '422']] : []),
  ];
};

describe('the folder of each operation', () => {
  it.each(operations.map((operation) => [folderOf(operation.id), operation] as const))(
    'test/routes/%s has a file for each status that it must have',
    (_folder, operation) => {
      const present = statusesOf(operation.id);
      const missing = expectedOf(operation).filter((statuses) => !statuses.some((status) => present.includes(status)));
      expect(missing, 'add one of these as <status>.test.ts').toEqual([]);
    },
  );

  it('is of an operation that there is', () => {
    const known = new Set(operations.map(({ id }) => folderOf(id)));
    const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => name !== 'shared' && !known.has(name))).toEqual([]);
    expect(known.size).toBe(operations.length);
  });
});
