import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Consumer } from '../../../src/domain/consumer.ts';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { keepSnapshots } from '../../../src/services/paging/kept-snapshots.ts';
import { createPager, type PageRequest } from '../../../src/services/paging/pager.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import { createMemoryBudget } from '../../../src/store/memory-budget.ts';
import type { Store } from '../../../src/store/store.ts';
import { VirtualClock } from '../../support/clock.ts';

const consumer: Consumer = { name: 'dashboard', scopes: new Set(['read']), connections: null };
const numbers = (length: number, from = 0) => Array.from({ length }, (_, index) => from + index);
const never = async (): Promise<never> => {
  throw new TypeError('a page of a snapshot was built anew');
};
const request = (more: Partial<PageRequest<number>> = {}): PageRequest<number> => ({
  operation: 'costs',
  question: 'costs',
  consumer,
  limit: 700,
  cursor: undefined,
  build: async () => ({ items: numbers(1_600), rest: { totals: ['all'] } }),
  ...more,
});

/** A process with a memory of its own. */
const open = (store: Store, clock: VirtualClock, bytesMax?: number) => {
  const faults: string[] = [];
  const kept = keepSnapshots({
    store,
    clock,
    onFault: (what) => faults.push(what),
    ...(bytesMax === undefined ? {} : { bytesMax }),
  });
  const memory = createMemoryBudget(clock, 1_000_000);
  return { kept, faults, pager: createPager<number>({ secret: Buffer.alloc(32, 7), memory, kept }) };
};
const firstOf = async ({ pager, kept }: ReturnType<typeof open>, more: Partial<PageRequest<number>> = {}) => {
  const answer = await pager.page(request(more));
  await kept.settled();
  return { ...answer, cursor: answer.page.nextCursor ?? '' };
};
const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'an answer',
    (thrown: unknown) => (thrown instanceof Failure ? thrown.kind : String(thrown)),
  );

/** Reads and unpacking take their own time, so the clock is moved on until the work is done. */
const whileTimePasses = async <Value>(clock: VirtualClock, work: Promise<Value>): Promise<Value> => {
  let done = false;
  const end = () => {
    done = true;
  };
  work.then(end, end);
  while (!done) {
    await clock.advance(50);
    await nextTurn();
  }
  return work;
};

describe('further pages in another process', () => {
  it('are those of the first, with what stands beside them', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const first = await firstOf(open(store, clock));
    const { pager } = open(store, clock);
    const second = await pager.page(request({ cursor: first.cursor, build: never }));
    const third = await pager.page(request({ cursor: second.page.nextCursor ?? '', question: null, build: never }));
    expect([...first.data, ...second.data, ...third.data]).toEqual(numbers(1_600));
    expect(third).toMatchObject({ totals: ['all'], page: { nextCursor: null } });
  });

  it('are refused for another question', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const { cursor } = await firstOf(open(store, clock));
    const asked = open(store, clock).pager.page(request({ cursor, question: 'budgets', build: never }));
    expect(await kindOf(asked)).toBe('invalid-request');
  });

  it('can be read for as long as in the first, and then have expired', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const process = open(store, clock);
    await firstOf(process);
    await clock.advance(14 * 60_000);
    const { cursor } = await firstOf(process);
    await clock.advance(15 * 60_000);
    const asked = () => open(store, clock).pager.page(request({ cursor, build: never }));
    expect(await kindOf(asked())).toBe('an answer');
    await clock.advance(16 * 60_000);
    expect(await kindOf(asked())).toBe('cursor-expired');
  });

  it('are waited for while the first process still writes them', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    let write = () => {};
    const slow = new Promise<void>((resolve) => {
      write = resolve;
    });
    const slowStore: Store = {
      ...store,
      set: async (key, value, options) => {
        if (key.startsWith('page/1/items/')) await slow;
        await store.set(key, value, options);
      },
    };
    const here = open(slowStore, clock);
    const { page } = await here.pager.page(request());
    const asked = open(store, clock).pager.page(request({ cursor: page.nextCursor ?? '', build: never }));
    await clock.advance(200);
    write();
    await here.kept.settled();
    expect((await whileTimePasses(clock, asked)).data).toEqual(numbers(700, 700));
  });

  it('have expired when the first process ended before it wrote them', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const { cursor } = await firstOf(open(store, clock));
    for (const key of await store.keys('page/1/items/', 100)) await store.delete(key);
    const asked = kindOf(open(store, clock).pager.page(request({ cursor, build: never })));
    expect(await whileTimePasses(clock, asked)).toBe('cursor-expired');
  });
});

describe('what is written to the store', () => {
  it('is written once for equal items, whatever the question and the limit', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    let writes = 0;
    const counting: Store = {
      ...store,
      set: async (...given) => {
        writes += 1;
        await store.set(...given);
      },
    };
    const process = open(counting, clock);
    await firstOf(process);
    expect(writes).toBe(5);
    await firstOf(process, { limit: 10 });
    expect(writes).toBe(5);
    await firstOf(process, { question: 'costs again' });
    expect(writes).toBe(6);
  });

  it('stays within its bound: the oldest pages go', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const measured = createMemoryStore(clock);
    await firstOf(open(measured, clock));
    let bytes = 0;
    for (const key of await measured.keys('page/1/items/', 100)) bytes += (await measured.get(key))?.length ?? 0;
    const process = open(store, clock, bytes * 1.5);
    const old = await firstOf(process);
    const later = await firstOf(process, { build: async () => ({ items: numbers(1_600, 5_000), rest: {} }) });
    const asked = kindOf(open(store, clock).pager.page(request({ cursor: old.cursor, build: never })));
    expect(await whileTimePasses(clock, asked)).toBe('cursor-expired');
    expect(await kindOf(open(store, clock).pager.page(request({ cursor: later.cursor, build: never })))).toBe(
      'an answer',
    );
  });

  it('is missed by nobody here when the store fails: the pages stay in memory, and the fault is reported', async () => {
    const clock = new VirtualClock();
    const failing: Store = {
      ...createMemoryStore(clock),
      set: async () => {
        throw new TypeError('the store is full');
      },
    };
    const process = open(failing, clock);
    const { cursor } = await firstOf(process);
    expect((await process.pager.page(request({ cursor, build: never }))).data).toEqual(numbers(700, 700));
    expect(process.faults).toHaveLength(2);
  });
});
