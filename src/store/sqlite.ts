import type { SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { sameBytes } from './bytes.ts';
import { checkAmount, judgeDraw } from './rolling-window.ts';
import { digestOf, isIntact } from './sqlite-digest.ts';
import { openDatabase, type Replaced, saysUnreadable, Unreadable } from './sqlite-file.ts';
import type { Draw, Store, Window } from './store.ts';

const sqliteSweepMs = 60_000;
/** Rows that one sweep removes from a table at most, so that no caller waits long. */
const sweptRowsMax = 500;

const entryRowSchema = z.object({
  value: z.instanceof(Uint8Array),
  expires: z.number().nullable(),
  lifetime: z.number().nullable(),
  digest: z.number().nullable(),
});
const spendingsSchema = z.array(z.object({ at: z.number(), amount: z.number() }));
const leaseSchema = z.object({ expires: z.number(), lifetime: z.number() });
const leaseRowSchema = z.object({ generation: z.number() });
const keysSchema = z.array(z.object({ key: z.string() }));

const sql = {
  get: 'SELECT value, expires, lifetime, digest FROM entries WHERE key = ?',
  put: 'INSERT INTO entries (key, value, expires, lifetime, digest) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires, lifetime = excluded.lifetime, digest = excluded.digest',
  hasten: 'UPDATE entries SET expires = ? WHERE key = ?',
  remove: 'DELETE FROM entries WHERE key = ?',
  keys: 'SELECT key FROM entries WHERE key >= ? AND key > ? AND key < ? AND (expires IS NULL OR expires > ?) ORDER BY key LIMIT ?',
  future: 'UPDATE draws SET at = ?, leaves = ? WHERE counter = ? AND at > ?',
  spendings: 'SELECT at, amount FROM draws WHERE counter = ? AND at > ? ORDER BY at',
  forget: 'DELETE FROM draws WHERE counter = ? AND at <= ?',
  spend: 'INSERT INTO draws (counter, at, amount, leaves) VALUES (?, ?, ?, ?)',
  lease: 'SELECT expires, lifetime FROM leases WHERE name = ?',
  hastenLease: 'UPDATE leases SET expires = ? WHERE name = ?',
  dropLease: 'DELETE FROM leases WHERE name = ?',
  takeLease: 'INSERT INTO leases (name, expires, lifetime) VALUES (?, ?, ?) RETURNING generation',
  release: 'DELETE FROM leases WHERE name = ? AND generation = ?',
  sweepEntries: `DELETE FROM entries WHERE key IN (SELECT key FROM entries WHERE expires <= ? LIMIT ${sweptRowsMax})`,
  sweepDraws: `DELETE FROM draws WHERE rowid IN (SELECT rowid FROM draws WHERE leaves <= ? LIMIT ${sweptRowsMax})`,
} as const;

/**
 * A file that several processes of one machine can share. Writes are on disk before they resolve. `onReplaced` is called
 * when a file that became unreadable while it was open has been replaced, before anything else uses the new one.
 */
export const openSqliteStore = (
  path: string,
  clock: Clock,
  onWarning: (message: string) => void = () => {},
  onReplaced: (replaced: Replaced) => void = () => {},
): Store => {
  let { database } = openDatabase(path, onWarning);
  let statements = new Map<string, ReturnType<typeof database.prepare>>();
  let sweptAt = clock.monotonic();
  let closed = false;

  const statement = (text: string) => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    const prepared = database.prepare(text);
    statements.set(text, prepared);
    return prepared;
  };
  const run = (text: string, ...values: SQLInputValue[]): void => {
    statement(text).run(...values);
  };

  const reopen = (known: Unreadable | null): void => {
    if (database.isOpen) database.close();
    statements = new Map();
    const opened = openDatabase(path, onWarning, known);
    database = opened.database;
    if (opened.replaced !== null) onReplaced(opened.replaced);
  };
  /** A file that becomes unreadable while it is open is replaced, as at the start. */
  const guarded = <T>(work: () => T): T => {
    // Without space for a new file the last attempt to replace it has failed.
    if (!database.isOpen && !closed) reopen(null);
    try {
      return work();
    } catch (thrown) {
      if (!saysUnreadable(thrown)) throw thrown;
      reopen(thrown instanceof Unreadable ? thrown : null);
      return work();
    }
  };
  const atomically = <T>(work: () => T): T =>
    guarded(() => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (thrown) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw thrown;
      }
    });

  const sweep = (): void => {
    if (clock.monotonic() - sweptAt < sqliteSweepMs) return;
    sweptAt = clock.monotonic();
    run(sql.sweepEntries, clock.now());
    run(sql.sweepDraws, clock.now());
  };

  const find = (key: string): Uint8Array | null => {
    const row = statement(sql.get).get(key);
    if (row === undefined) return null;
    const { value, expires, lifetime, digest } = entryRowSchema.parse(row);
    if (!isIntact(value, digest)) throw new Unreadable('bytes of an entry were written over');
    if (expires === null || lifetime === null) return value;
    const left = expires - clock.now();
    if (left > lifetime) run(sql.hasten, clock.now() + lifetime, key);
    return left > 0 ? value : null;
  };
  const put = (key: string, value: Uint8Array, lifetimeMs: number | undefined): void =>
    run(
      sql.put,
      key,
      value,
      lifetimeMs === undefined ? null : clock.now() + lifetimeMs,
      lifetimeMs ?? null,
      digestOf(value),
    );

  const spendings = (counter: string, windowMs: number) => {
    const now = clock.now();
    run(sql.future, now, now + windowMs, counter, now);
    return spendingsSchema.parse(statement(sql.spendings).all(counter, now - windowMs));
  };
  const judge = (counter: string, window: Window, amount: number): Draw => {
    checkAmount(amount);
    return atomically(() => {
      const now = clock.now();
      const { noted, ...draw } = judgeDraw(spendings(counter, window.windowMs), window, amount, now);
      if (noted) {
        run(sql.forget, counter, now - window.windowMs);
        run(sql.spend, counter, now, amount, now + window.windowMs);
        sweep();
      }
      return draw;
    });
  };

  /** Writes nothing, so that it works on a disk that is full or read-only. */
  const lookAt = (counter: string, window: Window): Draw =>
    guarded(() => {
      const now = clock.now();
      const rows = spendingsSchema.parse(statement(sql.spendings).all(counter, now - window.windowMs));
      const past = rows.map(({ at, amount }) => ({ at: Math.min(at, now), amount }));
      const { noted: _, ...draw } = judgeDraw(past, window, 0, now);
      return draw;
    });

  const take = (name: string, durationMs: number): number | null =>
    atomically(() => {
      const row = statement(sql.lease).get(name);
      if (row !== undefined) {
        const { expires, lifetime } = leaseSchema.parse(row);
        const left = expires - clock.now();
        if (left > lifetime) run(sql.hastenLease, clock.now() + lifetime, name);
        if (left > 0) return null;
        run(sql.dropLease, name);
      }
      const taken = statement(sql.takeLease).get(name, clock.now() + durationMs, durationMs);
      return leaseRowSchema.parse(taken).generation;
    });

  return {
    kind: 'sqlite',
    durable: true,
    get: async (key) => guarded(() => find(key)),
    set: async (key, value, options) =>
      atomically(() => {
        sweep();
        put(key, value, options?.expiresInMs);
      }),
    compareAndSet: async (key, expected, next, options) =>
      atomically(() => {
        const held = find(key);
        const same = sameBytes(held, expected);
        if (same) put(key, next, options?.expiresInMs);
        return same;
      }),
    delete: async (key) => guarded(() => run(sql.remove, key)),
    keys: async (prefix, limit, after = '') =>
      guarded(() =>
        keysSchema
          .parse(statement(sql.keys).all(prefix, after, `${prefix}\u{10ffff}`, clock.now(), limit))
          .map((row) => row.key),
      ),
    draw: async (counter, window, amount) => judge(counter, window, amount),
    spent: async (counter, window) => lookAt(counter, window),
    acquire: async (lease, durationMs) => {
      const generation = take(lease, durationMs);
      if (generation === null) return null;
      return { generation, release: async () => guarded(() => run(sql.release, lease, generation)) };
    },
    close: async () => {
      closed = true;
      if (database.isOpen) database.close();
    },
  };
};
