import { mkdtemp, open as openFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShelteredStore, type ShelteredStore } from '../../src/store/sheltered.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { StorageFailed } from '../../src/store/storage-failed.ts';
import type { Store } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | null): string | null => (value === null ? null : Buffer.from(value).toString());
const day = { limit: 5, windowMs: 86_400_000 };

/** What SQLite throws when there is no space, thrown by SQLite itself. */
const noSpace = (): unknown => {
  const small = new DatabaseSync(':memory:');
  small.exec('PRAGMA max_page_count = 2; CREATE TABLE t (x)');
  try {
    small.exec('INSERT INTO t VALUES (zeroblob(100000))');
    return null;
  } catch (thrown) {
    return thrown;
  } finally {
    small.close();
  }
};

describe('the embedded store over a file that cannot be written', () => {
  let folder: string;
  let path: string;
  let clock: VirtualClock;
  let full: boolean;
  let states: string[];
  let warnings: string[];
  let store: ShelteredStore;

  const refusing = (file: Store): Store => {
    const write =
      <Arguments extends readonly unknown[], T>(work: (...given: Arguments) => Promise<T>) =>
      async (...given: Arguments): Promise<T> => {
        if (full) throw noSpace();
        return work(...given);
      };
    return {
      ...file,
      set: write(file.set),
      compareAndSet: write(file.compareAndSet),
      delete: write(file.delete),
      draw: write(file.draw),
      acquire: write(file.acquire),
    };
  };
  const open = (): ShelteredStore =>
    openShelteredStore({
      clock,
      open: (onReplaced) => refusing(openSqliteStore(path, clock, (message) => warnings.push(message), onReplaced)),
      onState: (state) => states.push(state),
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sheltered-'));
    path = join(folder, 'store.sqlite');
    clock = new VirtualClock();
    full = false;
    states = [];
    warnings = [];
    store = open();
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const reopened = async (): Promise<void> => {
    await store.close();
    store = open();
  };

  test('what is set meanwhile is read, listed and removed as if it were stored', async () => {
    await store.set('a/1', bytes('old'));
    await store.set('a/2', bytes('two'));
    full = true;
    await store.set('a/1', bytes('new'));
    await store.set('a/3', bytes('three'));
    await store.delete('a/2');
    expect(text(await store.get('a/1'))).toBe('new');
    expect(await store.get('a/2')).toBeNull();
    expect(await store.keys('a/', 10)).toEqual(['a/1', 'a/3']);
    expect(await store.keys('a/', 1, 'a/1')).toEqual(['a/3']);
    expect(await store.compareAndSet('a/1', bytes('old'), bytes('x'))).toBe(false);
    expect(await store.compareAndSet('a/1', bytes('new'), bytes('newer'))).toBe(true);
    expect(await store.compareAndSet('a/4', null, bytes('four'))).toBe(true);
    expect(states).toEqual(['unwritable']);
  });

  test('it is all in the file once that can be written again, without anybody asking', async () => {
    await store.set('b', bytes('two'));
    full = true;
    await store.set('a', bytes('one'));
    await store.delete('b');
    await clock.advance(5_000);
    expect(store.state()).toBe('unwritable');
    full = false;
    await clock.advance(2_000);
    expect([store.state(), states]).toEqual(['ok', ['unwritable', 'ok']]);
    await reopened();
    expect([text(await store.get('a')), await store.get('b')]).toEqual(['one', null]);
  });

  test('what was decided before it could be written again is not undone by what is older', async () => {
    full = true;
    await store.set('a', bytes('one'));
    full = false;
    await store.set('a', bytes('two'));
    await clock.advance(2_000);
    await reopened();
    expect(text(await store.get('a'))).toBe('two');
  });

  test('units of a quota are counted on from the file, and in the file again afterwards', async () => {
    await store.draw('q', day, 2);
    await reopened();
    full = true;
    expect((await store.draw('q', day, 2)).granted).toBe(true);
    expect((await store.draw('q', day, 2)).granted).toBe(false);
    expect(await store.spent('q', day)).toMatchObject({ spent: 4 });
    full = false;
    expect((await store.draw('q', day, 2)).granted).toBe(false);
    expect((await store.draw('q', day, 1)).granted).toBe(true);
    await reopened();
    expect(await store.spent('q', day)).toMatchObject({ spent: 5 });
  });

  test('what only the file can protect is refused, and nothing of it remains', async () => {
    await store.protecting.set('kept', bytes('one'));
    full = true;
    await expect(store.protecting.set('kept', bytes('two'))).rejects.toThrow(StorageFailed);
    await expect(store.protecting.compareAndSet('new', null, bytes('x'))).rejects.toThrow(StorageFailed);
    expect(text(await store.protecting.get('kept'))).toBe('one');
    full = false;
    await clock.advance(2_000);
    expect([text(await store.protecting.get('kept')), await store.get('new')]).toEqual(['one', null]);
  });

  test('a lease is exclusive in this process, and its generations grow', async () => {
    const first = await store.acquire('l', 1_000);
    await first?.release();
    full = true;
    const second = await store.acquire('l', 1_000);
    expect(await store.acquire('l', 1_000)).toBeNull();
    expect(second?.generation).toBeGreaterThan(first?.generation ?? 0);
  });

  test('the mistake of a caller is no fault of the file', async () => {
    await expect(store.draw('q', day, 1.5)).rejects.toThrow(RangeError);
    expect(store.state()).toBe('ok');
  });

  /** Writes over pages in the middle of the file. */
  const damage = async (): Promise<void> => {
    const { size } = await stat(path);
    const handle = await openFile(path, 'r+');
    const from = Math.floor(size / 2 / 4096) * 4096;
    await handle.write(new Uint8Array(8 * 4096).fill(0xa5), 0, 8 * 4096, from);
    await handle.close();
  };
  const fill = async (): Promise<string[]> => {
    const names = Array.from({ length: 2_000 }, (_, index) => `key/${String(index).padStart(5, '0')}`);
    for (const name of names) await store.set(name, new Uint8Array(3_000).fill(7));
    return names;
  };
  const readAll = async (names: readonly string[]): Promise<number> => {
    let found = 0;
    for (const name of names) if ((await store.get(name)) !== null) found += 1;
    return found;
  };

  test('pages that are damaged while it is open: the file is kept aside, and nothing of this process is lost', async () => {
    const names = await fill();
    await store.protecting.set('kept', bytes('acknowledged'));
    await store.draw('q', day, 4);
    await damage();
    expect(await readAll(names)).toBe(names.length);
    expect(warnings[0]).toContain('damaged pages');
    expect((await stat(store.replaced()?.aside ?? '')).size).toBeGreaterThan(1_000_000);
    expect(text(await store.protecting.get('kept'))).toBe('acknowledged');
    expect((await store.draw('q', day, 2)).granted).toBe(false);
    expect((await store.draw('q', day, 1)).granted).toBe(true);
  });

  test('bytes of one entry that were written over: it is put back by the process that wrote it', async () => {
    await store.protecting.set('kept', bytes('1234567'));
    const other = new DatabaseSync(path);
    other.exec("UPDATE entries SET value = CAST('1239567' AS BLOB)");
    other.close();
    expect(text(await store.protecting.get('kept'))).toBe('1234567');
    expect(store.replaced()).not.toBeNull();
  });

  test('pages that were damaged before it is opened: the rest of the file is kept', async () => {
    const names = await fill();
    await store.protecting.set('kept', bytes('acknowledged'));
    await store.draw('q', day, 4);
    await store.close();
    await damage();
    store = open();
    expect(warnings).toHaveLength(1);
    const found = await readAll(names);
    expect(found).toBeGreaterThan(names.length * 0.9);
    expect(found).toBeLessThan(names.length);
    expect(text(await store.protecting.get('kept'))).toBe('acknowledged');
    expect((await store.draw('q', day, 2)).granted).toBe(false);
  });
});
