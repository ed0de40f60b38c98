import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { salvage } from './sqlite-salvage.ts';

/** Version of the layout below. A file of the version before is changed into it; any other is renamed and kept. */
const schemaVersion = 2;
const busyTimeoutMs = 2000;

const layout = `
  CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB NOT NULL, expires REAL, lifetime REAL, digest INTEGER) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_by_expiry ON entries (expires) WHERE expires IS NOT NULL;
  CREATE TABLE draws (counter TEXT NOT NULL, at REAL NOT NULL, amount INTEGER NOT NULL, leaves REAL NOT NULL) STRICT;
  CREATE INDEX draws_by_counter ON draws (counter, at);
  CREATE INDEX draws_by_end ON draws (leaves);
  CREATE TABLE leases (
    generation INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, expires REAL NOT NULL, lifetime REAL NOT NULL
  ) STRICT;
  PRAGMA user_version = ${schemaVersion};
`;

/** Entries of version 1 have no digest. */
const fromVersionBefore = `
  ALTER TABLE entries ADD COLUMN digest INTEGER;
  PRAGMA user_version = ${schemaVersion};
`;

/** The file is not what this driver wrote. */
export class Unreadable extends Error {}

const errorSchema = z.object({ errcode: z.int() });
const systemErrorSchema = z.object({
  code: z.enum(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EFBIG', 'EMFILE', 'ENFILE']),
});
/** SQLite's primary result codes for a damaged file and for one that is no database. */
const unreadableCodes: readonly number[] = [11, 26];

/** PERM, NOMEM, READONLY, IOERR, FULL, CANTOPEN: the file cannot be used now, and may be later. */
const unusableCodes: readonly number[] = [3, 7, 8, 10, 13, 14];

/** Whether the disk is full, read-only or broken, rather than the request wrong or the file held by another process. */
export const saysUnusable = (thrown: unknown): boolean => {
  if (systemErrorSchema.safeParse(thrown).success) return true;
  const parsed = errorSchema.safeParse(thrown);
  return parsed.success && unusableCodes.includes(parsed.data.errcode & 0xff);
};

export const saysUnreadable = (thrown: unknown): boolean => {
  const parsed = errorSchema.safeParse(thrown);
  return thrown instanceof Unreadable || (parsed.success && unreadableCodes.includes(parsed.data.errcode & 0xff));
};

const numberIn = (row: unknown): number => Number(Object.values(z.record(z.string(), z.unknown()).parse(row ?? {}))[0]);

const check = (database: DatabaseSync): void => {
  const version = numberIn(database.prepare('PRAGMA user_version').get());
  const tables = numberIn(database.prepare('SELECT count(*) FROM sqlite_master').get());
  if (version === 0 && tables === 0) {
    database.exec('BEGIN IMMEDIATE');
    // Another process may have created the layout since the first check.
    if (numberIn(database.prepare('PRAGMA user_version').get()) === 0) database.exec(layout);
    database.exec('COMMIT');
  } else if (version === schemaVersion - 1) {
    database.exec('BEGIN IMMEDIATE');
    if (numberIn(database.prepare('PRAGMA user_version').get()) === version) database.exec(fromVersionBefore);
    database.exec('COMMIT');
  } else if (version !== schemaVersion) throw new Unreadable(`schema version ${version} is not ${schemaVersion}`);
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (verdict !== 'ok') throw new Unreadable(`damaged: ${String(verdict)}`);
};

const open = (path: string): DatabaseSync => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite gives the -wal and -shm files the mode of the database file.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    check(database);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
};

const moveAside = (path: string): string => {
  let attempt = 1;
  while (existsSync(`${path}.unreadable-${attempt}`)) attempt += 1;
  const aside = `${path}.unreadable-${attempt}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${aside}${suffix}`);
  }
  return aside;
};

/** A damaged file that was renamed and replaced. */
export interface Replaced {
  /** Where the damaged file is kept. */
  readonly aside: string;
  /** The rows of it that could still be read, and are in the new file. */
  readonly saved: number;
}

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly replaced: Replaced | null;
}

const replace = (path: string, thrown: unknown, onWarning: (message: string) => void): OpenedDatabase => {
  const reason = thrown instanceof Error ? thrown.message : 'unreadable';
  const aside = moveAside(path);
  const database = open(path);
  const saved = salvage(aside, database);
  onWarning(
    `The store at ${path} cannot be read (${reason}). It was moved to ${aside} and a new one was created, with the ${saved} entries that could still be read. What was on damaged pages is lost to the gateway: keys of earlier writes, counted calls and kept budgets may be among it.`,
  );
  return { database, replaced: { aside, saved } };
};

/**
 * The database at this path. A file that cannot be read is renamed and replaced; what can be read of it is kept.
 * `known`: that it cannot be, from an earlier attempt.
 */
export const openDatabase = (
  path: string,
  onWarning: (message: string) => void,
  known: Unreadable | null = null,
): OpenedDatabase => {
  if (known !== null) return replace(path, known, onWarning);
  try {
    return { database: open(path), replaced: null };
  } catch (thrown) {
    if (!saysUnreadable(thrown)) throw thrown;
    return replace(path, thrown, onWarning);
  }
};
