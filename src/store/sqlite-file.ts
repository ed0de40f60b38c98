import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** Version of the layout below; a file of any other version is renamed and kept. */
const schemaVersion = 1;
const busyTimeoutMs = 2000;

const layout = `
  CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB NOT NULL, expires REAL, lifetime REAL) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_by_expiry ON entries (expires) WHERE expires IS NOT NULL;
  CREATE TABLE draws (counter TEXT NOT NULL, at REAL NOT NULL, amount INTEGER NOT NULL, leaves REAL NOT NULL) STRICT;
  CREATE INDEX draws_by_counter ON draws (counter, at);
  CREATE INDEX draws_by_end ON draws (leaves);
  CREATE TABLE leases (
    generation INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, expires REAL NOT NULL, lifetime REAL NOT NULL
  ) STRICT;
  PRAGMA user_version = ${schemaVersion};
`;

class Unreadable extends Error {}

const errorSchema = z.object({ errcode: z.int() });
/** SQLite's primary result codes for a damaged file and for one that is no database. */
const unreadableCodes: readonly number[] = [11, 26];

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

/** The database at this path. A file that cannot be read is renamed and replaced, with a warning. */
export const openDatabase = (path: string, onWarning: (message: string) => void): DatabaseSync => {
  try {
    return open(path);
  } catch (thrown) {
    if (!saysUnreadable(thrown)) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : 'unreadable';
    const aside = moveAside(path);
    onWarning(`The store at ${path} cannot be read (${reason}). It was moved to ${aside} and a new one was created.`);
    return open(path);
  }
};
