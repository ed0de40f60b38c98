import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Failure } from '../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { createMemoryBudget } from '../../src/store/memory-budget.ts';
import type { Store } from '../../src/store/store.ts';
import type { Connection } from '../../src/vendor/connection.ts';
import type { Reading } from '../../src/vendor/contract/contract.ts';
import { createListCache, type ListCache } from '../../src/vendor/list-cache.ts';
import { VirtualClock } from '../support/clock.ts';
import { openToyConnection } from '../support/cost-rig.ts';
import { ToyVendor } from '../support/toy-vendor.ts';

const maxAgeMs = 60_000;
const staleIfErrorMs = 600_000;

let clock: VirtualClock;
let store: Store;
let connection: Connection;
let listCache: ListCache;
let calls = 0;
let load: () => Promise<Reading<string>>;
const reading = (items: readonly string[], faults: Reading<string>['faults'] = []): Reading<string> => ({
  items,
  notes: [],
  faults,
});

beforeEach(() => {
  clock = new VirtualClock();
  store = createMemoryStore(clock);
  connection = openToyConnection(new ToyVendor(clock), clock, store);
  listCache = createListCache(store, clock, staleIfErrorMs, createMemoryBudget(clock, 10_000_000));
  calls = 0;
  load = async () => reading(['one']);
});
const read = (more: { noCache?: boolean; waitMs?: number; from?: ListCache } = {}) =>
  (more.from ?? listCache).read(connection, {
    name: 'things',
    item: z.string(),
    maxAgeMs,
    noCache: more.noCache ?? false,
    deadline: clock.monotonic() + (more.waitMs ?? 15_000),
    load: () => {
      calls += 1;
      return load();
    },
  });
const down = async () => {
  throw new Failure('vendor-unavailable', { public: 'Down.' });
};

describe('a list of a vendor', () => {
  it('is asked for once by a crowd, and not again while it is young', async () => {
    const parts = await Promise.all(Array.from({ length: 50 }, () => read()));
    expect(calls).toBe(1);
    expect(parts.every((part) => part.state === 'fresh' && part.value[0] === 'one')).toBe(true);
    await clock.advance(maxAgeMs);
    await read();
    expect(calls).toBe(1);
  });

  it('is served at once and renewed behind when it is due', async () => {
    await read();
    await clock.advance(maxAgeMs + 1);
    load = async () => reading(['two']);
    expect((await read()).value).toEqual(['one']);
    await clock.advance(0);
    expect((await read()).value).toEqual(['two']);
    expect(calls).toBe(2);
  });

  it('is stale with its problem while the vendor fails, up to the limit, and then a failure', async () => {
    await read();
    load = down;
    await clock.advance(2 * maxAgeMs + 1);
    expect(await read()).toMatchObject({ state: 'stale', value: ['one'], failure: { kind: 'vendor-unavailable' } });
    await clock.advance(staleIfErrorMs - 1);
    expect(await read()).toMatchObject({ state: 'stale' });
    await clock.advance(2);
    await expect(read()).rejects.toMatchObject({ kind: 'vendor-unavailable' });
  });

  it('that could never be had is a failure, and not asked for again within five seconds', async () => {
    load = down;
    await expect(read()).rejects.toMatchObject({ kind: 'vendor-unavailable' });
    await expect(read()).rejects.toMatchObject({ kind: 'vendor-unavailable' });
    expect(calls).toBe(1);
    await clock.advance(5001);
    load = async () => reading([]);
    expect(await read()).toMatchObject({ state: 'fresh', value: [] });
  });

  it('with faults is partial', async () => {
    load = async () => reading(['one'], [{ path: 'items[1]', message: 'is none' }]);
    expect(await read()).toMatchObject({ state: 'partial', failure: { kind: 'vendor-incomplete' } });
  });

  it('with faults never replaces one without', async () => {
    load = async () => reading(['one', 'two']);
    await read();
    load = async () => reading(['one'], [{ path: 'items[1]', message: 'is none' }]);
    await clock.advance(2 * maxAgeMs + 1);
    expect((await read()).value).toEqual(['one', 'two']);
  });

  it('is renewed at the word of a caller, but not within ten seconds of the last time', async () => {
    await read();
    await clock.advance(9000);
    await read({ noCache: true });
    expect(calls).toBe(1);
    await clock.advance(2000);
    await Promise.all(Array.from({ length: 20 }, () => read({ noCache: true })));
    expect(calls).toBe(2);
  });

  it('that takes longer than its caller can wait is there for the next', async () => {
    load = async () => {
      await clock.sleep(5000);
      return reading(['slow']);
    };
    const refused = expect(read({ waitMs: 1000 })).rejects.toMatchObject({ kind: 'deadline-exceeded' });
    await clock.advance(1000);
    await refused;
    await clock.advance(4000);
    expect((await read()).value).toEqual(['slow']);
    expect(calls).toBe(1);
  });

  it('outlives the process where the store does', async () => {
    await read();
    expect(
      (await read({ from: createListCache(store, clock, staleIfErrorMs, createMemoryBudget(clock, 10_000_000)) }))
        .value,
    ).toEqual(['one']);
    expect(calls).toBe(1);
  });

  it('is asked for again where the store holds something else under its name', async () => {
    await read();
    const [key = ''] = await store.keys('reading/', 10);
    for (const bytes of ['', 'null', '{"asOf":"yesterday"}', '{"asOf":1,"items":[1],"notes":[],"faults":[]}']) {
      await store.set(key, Buffer.from(bytes));
      calls = 0;
      expect(
        (await read({ from: createListCache(store, clock, staleIfErrorMs, createMemoryBudget(clock, 10_000_000)) }))
          .value,
      ).toEqual(['one']);
      expect(calls, bytes).toBe(1);
    }
  });

  it('is asked for again once it was forgotten', async () => {
    await read();
    await listCache.forget(connection, 'things');
    await read();
    expect(calls).toBe(2);
  });

  it('is served although the store fails', async () => {
    const broken = async () => {
      throw new TypeError('disk full');
    };
    listCache = createListCache(
      { ...store, get: broken, set: broken, delete: broken },
      clock,
      staleIfErrorMs,
      createMemoryBudget(clock, 10_000_000),
    );
    expect((await read()).value).toEqual(['one']);
    await read();
    expect(calls).toBe(1);
    await listCache.forget(connection, 'things');
  });
});

describe('lists in memory', () => {
  it('take no more than the budget, and one that was dropped comes from the store without a call', async () => {
    const budget = createMemoryBudget(clock, 100_000);
    listCache = createListCache(store, clock, staleIfErrorMs, budget);
    const readNamed = (index: number) =>
      listCache.read(connection, {
        name: `things/${index}`,
        item: z.string(),
        maxAgeMs,
        noCache: false,
        deadline: clock.monotonic() + 15_000,
        load: async () => {
          calls += 1;
          return reading(Array.from({ length: 100 }, (_, item) => `item ${item} of list ${index}`));
        },
      });
    for (let index = 0; index < 100; index += 1) {
      await readNamed(index);
      expect(budget.bytes).toBeLessThanOrEqual(100_000);
    }
    expect(budget.bytes).toBeGreaterThan(50_000);
    expect(calls).toBe(100);
    expect((await readNamed(0)).value[99]).toBe('item 99 of list 0');
    expect(calls).toBe(100);
  });
});
