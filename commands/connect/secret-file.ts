import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Secret } from '../../src/domain/secret.ts';

/** A file for one secret, made ready before there is one: a code that the vendor accepts once must not be lost to a full disk. */
export interface SecretFile {
  /** Puts the secret in its place, whole. */
  write(secret: Secret): void;
  /** Leaves nothing behind where nothing was written. */
  discard(): void;
}

/** A sentence about a file that cannot be written. */
export class FileRefused extends Error {}

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';

const exists = (path: string): FileRefused =>
  new FileRefused(`${path} is there already, and is kept; --force replaces it`);

/** Never over a file that came into being meanwhile. Some file systems have no links. */
const placeNew = (draft: string, path: string): void => {
  try {
    linkSync(draft, path);
    rmSync(draft);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST' || existsSync(path)) throw exists(path);
    renameSync(draft, path);
  }
};

export const openSecretFile = (path: string, replaces: boolean, unique: string): SecretFile => {
  if (!replaces && existsSync(path)) throw exists(path);
  const draft = join(dirname(path), `.${basename(path)}.${unique}`);
  let file: number;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    file = openSync(draft, 'wx', 0o600);
  } catch (thrown) {
    throw new FileRefused(`${path} cannot be written: ${codeOf(thrown)}`);
  }
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    write: (secret) => {
      try {
        writeSync(file, `${secret.reveal()}\n`);
        fsyncSync(file);
        close();
        if (replaces) renameSync(draft, path);
        else placeNew(draft, path);
      } catch (thrown) {
        throw thrown instanceof FileRefused ? thrown : new FileRefused(`${path} cannot be written: ${codeOf(thrown)}`);
      }
    },
    discard: () => {
      close();
      rmSync(draft, { force: true });
    },
  };
};
