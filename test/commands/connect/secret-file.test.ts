import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FileRefused, openSecretFile } from '../../../commands/connect/secret-file.ts';
import { Secret } from '../../../src/domain/secret.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-'));
  path = join(folder, 'token');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('holds the secret alone, for its owner alone', () => {
  const file = openSecretFile(join(folder, 'new', 'token'), false, 'a');
  expect(readdirSync(join(folder, 'new'))).toEqual(['.token.a']);
  file.write(new Secret('s3cret'));
  file.discard();
  expect(readdirSync(join(folder, 'new'))).toEqual(['token']);
  expect(readFileSync(join(folder, 'new', 'token'), 'utf8')).toBe('s3cret\n');
  expect(statSync(join(folder, 'new', 'token')).mode & 0o777).toBe(0o600);
});

it('keeps a file that is there, also one that came meanwhile', () => {
  const file = openSecretFile(path, false, 'a');
  writeFileSync(path, 'of somebody else');
  expect(() => file.write(new Secret('s3cret'))).toThrow('--force replaces it');
  file.discard();
  expect(() => openSecretFile(path, false, 'b')).toThrow(FileRefused);
  expect(readFileSync(path, 'utf8')).toBe('of somebody else');
  expect(readdirSync(folder)).toEqual(['token']);
});

it('replaces it whole when told to, and takes its mode no further', () => {
  writeFileSync(path, 'of before', { mode: 0o644 });
  const file = openSecretFile(path, true, 'a');
  expect(readFileSync(path, 'utf8')).toBe('of before');
  file.write(new Secret('s3cret'));
  file.discard();
  expect(readFileSync(path, 'utf8')).toBe('s3cret\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('leaves nothing behind where nothing was granted', () => {
  openSecretFile(path, false, 'a').discard();
  expect(readdirSync(folder)).toEqual([]);
});

it('says why it cannot be written before anything is asked of the vendor', () => {
  writeFileSync(path, '');
  expect(() => openSecretFile(join(path, 'below'), false, 'a')).toThrow('cannot be written: E');
});
