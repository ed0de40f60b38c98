import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { VirtualClock } from '../support/clock.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the sqlite file', () => {
  let folder: string;
  let path: string;
  let warnings: string[];
  const clock = new VirtualClock();
  const open = () => openSqliteStore(path, clock, (message) => warnings.push(message));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sqlite-'));
    path = join(folder, 'data', 'gateway.sqlite');
    warnings = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('it and its companions are for their owner alone, and so is the folder it needed', async () => {
    const store = open();
    await store.set('key', bytes('x'));
    for (const name of await readdir(join(folder, 'data'))) {
      expect((await stat(join(folder, 'data', name))).mode & 0o777, name).toBe(0o600);
    }
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
    await store.close();
  });

  test('a file that is no database is moved aside, said, and begun anew', async () => {
    await open().close();
    await writeFile(path, 'this is no database, and it is longer than a header would be'.repeat(40));
    const store = open();
    await store.set('key', bytes('x'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('.unreadable-1');
    await store.close();
    await writeFile(path, 'again'.repeat(400));
    await open().close();
    const names = await readdir(join(folder, 'data'));
    expect(names).toContain('gateway.sqlite.unreadable-1');
    expect(names).toContain('gateway.sqlite.unreadable-2');
  });

  test('a file of another schema version is moved aside untouched', async () => {
    await open().close();
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    const store = open();
    expect(warnings[0]).toContain('99');
    expect(await store.get('key')).toBeNull();
    await store.close();
    const aside = new DatabaseSync(`${path}.unreadable-1`, { readOnly: true });
    expect(aside.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    aside.close();
  });

  test('a database of somebody else is moved aside', async () => {
    await open().close();
    await rm(path);
    const foreign = new DatabaseSync(path);
    foreign.exec('CREATE TABLE recipes (name TEXT)');
    foreign.close();
    await open().close();
    expect(warnings).toHaveLength(1);
  });

  test('damage inside the file is found at the start', async () => {
    const store = open();
    for (let index = 0; index < 200; index += 1) await store.set(`key/${index}`, new Uint8Array(500).fill(index));
    await store.close();
    const size = (await stat(path)).size;
    const { open: openFile } = await import('node:fs/promises');
    const handle = await openFile(path, 'r+');
    await handle.write(new Uint8Array(size - 8192).fill(0xa5), 0, size - 8192, 4096);
    await handle.close();
    const fresh = open();
    expect(warnings).toHaveLength(1);
    expect(await fresh.keys('', 10)).toEqual([]);
    await fresh.close();
  });

  test('an entry whose bytes were written over is missing, with a warning, and its neighbours are not', async () => {
    const store = open();
    await store.set('one', bytes('1234567'));
    await store.set('two', bytes('2345678'));
    const other = new DatabaseSync(path);
    other.exec("UPDATE entries SET value = CAST('1239567' AS BLOB) WHERE key = 'one'");
    other.close();
    expect(await store.get('one')).toBeNull();
    expect(warnings[0]).toContain('written over');
    expect(await store.get('two')).toEqual(bytes('2345678'));
    await store.close();
  });

  test('a file of the version before is read on, and what it held is there', async () => {
    const store = open();
    await store.set('new', bytes('x'));
    await store.close();
    const former = new DatabaseSync(path);
    former.exec('ALTER TABLE entries DROP COLUMN digest; PRAGMA user_version = 1');
    former.close();
    const again = open();
    expect(await again.get('new')).toEqual(bytes('x'));
    await again.set('new', bytes('y'));
    expect([await again.get('new'), warnings]).toEqual([bytes('y'), []]);
    await again.close();
  });

  test('two stores on one file see each other, and draws of both stay within one limit', async () => {
    const left = open();
    const right = open();
    await left.set('key', bytes('x'));
    expect(await right.get('key')).not.toBeNull();
    const draws = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? left : right).draw('c', { limit: 5, windowMs: 1000 }, 1),
      ),
    );
    expect(draws.filter((draw) => draw.granted)).toHaveLength(5);
    await left.acquire('l', 1000);
    expect(await right.acquire('l', 1000)).toBeNull();
    await left.close();
    await right.close();
  });
});
