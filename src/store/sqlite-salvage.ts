import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { isIntact } from './sqlite-digest.ts';

/** A table, and the column in whose order its rows can be read from either end. */
interface Salvaged {
  readonly read: string;
  readonly order: string;
  readonly write: string;
}

const tables: readonly Salvaged[] = [
  {
    read: 'SELECT key, value, expires, lifetime, digest FROM entries',
    order: 'key',
    write: 'INSERT OR IGNORE INTO entries (key, value, expires, lifetime, digest) VALUES (?, ?, ?, ?, ?)',
  },
  {
    read: 'SELECT rowid, counter, at, amount, leaves FROM draws',
    order: 'rowid',
    write: 'INSERT OR IGNORE INTO draws (rowid, counter, at, amount, leaves) VALUES (?, ?, ?, ?, ?)',
  },
  {
    read: 'SELECT generation, name, expires, lifetime FROM leases',
    order: 'generation',
    write: 'INSERT OR IGNORE INTO leases (generation, name, expires, lifetime) VALUES (?, ?, ?, ?)',
  },
];

/** The rows up to the first damaged page. */
function* readable(damaged: DatabaseSync, query: string): Generator<SQLOutputValue[]> {
  try {
    for (const row of damaged.prepare(query).iterate()) yield Object.values(row);
  } catch {
    // What follows is read from the other end.
  }
}

/** An entry whose bytes were written over is as lost as one that cannot be read. Other tables have no digest. */
const isWhole = ([, value, , , digest]: readonly SQLOutputValue[]): boolean =>
  !(value instanceof Uint8Array) || isIntact(value, typeof digest === 'number' ? digest : null);

/**
 * Copies what can be read of a damaged file, from both ends of each table, into a fresh one of the same layout. The
 * damaged file is only read. Returns how many rows there are now.
 */
export const salvage = (path: string, fresh: DatabaseSync): number => {
  let damaged: DatabaseSync | null = null;
  let saved = 0;
  fresh.exec('BEGIN IMMEDIATE');
  try {
    damaged = new DatabaseSync(path, { readOnly: true });
    for (const { read, order, write } of tables) {
      const insert = fresh.prepare(write);
      for (const direction of ['ASC', 'DESC']) {
        for (const row of readable(damaged, `${read} ORDER BY ${order} ${direction}`)) {
          if (isWhole(row)) saved += Number(insert.run(...row).changes);
        }
      }
    }
    fresh.exec('COMMIT');
    return saved;
  } catch {
    if (fresh.isTransaction) fresh.exec('ROLLBACK');
    return 0;
  } finally {
    damaged?.close();
  }
};
