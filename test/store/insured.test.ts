import { describe, expect, test } from 'vitest';
import { openInsuredStore } from '../../src/store/insured.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { OnState, SharedStore, StoreState } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | null): string | null => (value === null ? null : new TextDecoder().decode(value));
const window = { limit: 10, windowMs: 600_000 };

/** One memory that several replicas share, each over a line of its own that can be cut. */
const share = (clock: VirtualClock, replicas: number) => {
  const behind = createMemoryStore(clock);
  return Array.from({ length: replicas }, () => {
    let state: StoreState = 'ok';
    let tell: OnState = () => {};
    const through = <T>(work: () => Promise<T>): Promise<T> =>
      state === 'ok' ? work() : Promise.reject(new Error('lost'));
    const line = (onState: OnState): SharedStore => {
      tell = onState;
      return {
        ...behind,
        durable: true,
        state: () => state,
        get: (key) => through(() => behind.get(key)),
        set: (key, value, options) => through(() => behind.set(key, value, options)),
        compareAndSet: (key, expected, next, options) =>
          through(() => behind.compareAndSet(key, expected, next, options)),
        delete: (key) => through(() => behind.delete(key)),
        keys: (prefix, limit) => through(() => behind.keys(prefix, limit)),
        draw: (counter, limits, amount) => through(() => behind.draw(counter, limits, amount)),
        spent: (counter, limits) => through(() => behind.spent(counter, limits)),
        acquire: (lease, durationMs) => through(() => behind.acquire(lease, durationMs)),
      };
    };
    const store = openInsuredStore({ open: line, clock, replicas });
    const become = (next: StoreState): void => {
      state = next;
      tell(next, 'a test');
    };
    return { store, cut: () => become('lost'), mend: () => become('ok') };
  });
};
const pair = (clock = new VirtualClock()) => {
  const [left, right] = share(clock, 2);
  if (left === undefined || right === undefined) throw new TypeError('two were asked for');
  return { clock, left, right };
};
const drawn = async (store: Store, times: number, counter = 'c'): Promise<number> => {
  let granted = 0;
  for (let turn = 0; turn < times; turn += 1) if ((await store.draw(counter, window, 1)).granted) granted += 1;
  return granted;
};

describe('an insured store', () => {
  test('says whether it is lost, and what is not insured throws', async () => {
    const { left } = pair();
    expect([left.store.state(), left.store.lost()]).toEqual(['ok', false]);
    left.cut();
    expect([left.store.state(), left.store.lost()]).toEqual(['lost', true]);
    await expect(left.store.shared.compareAndSet('key', null, bytes('x'))).rejects.toThrow('lost');
  });

  describe('while it is lost', () => {
    test('what this replica read or wrote before is still there, and ends when it would have', async () => {
      const { clock, left, right } = pair();
      await left.store.set('written', bytes('w'), { expiresInMs: 1000 });
      await right.store.set('read', bytes('r'));
      await left.store.get('read');
      left.cut();
      expect(text(await left.store.get('written'))).toBe('w');
      expect(text(await left.store.get('read'))).toBe('r');
      expect(await left.store.keys('', 9)).toEqual(['read', 'written']);
      await clock.advance(1000);
      expect(await left.store.get('written')).toBeNull();
    });

    test('it can be written, compared and deleted, for this replica alone', async () => {
      const { left, right } = pair();
      await left.store.set('gone', bytes('x'));
      left.cut();
      await left.store.set('key', bytes('1'));
      expect(await left.store.compareAndSet('key', null, bytes('2'))).toBe(false);
      expect(await left.store.compareAndSet('key', bytes('1'), bytes('2'))).toBe(true);
      await left.store.delete('gone');
      expect(text(await left.store.get('key'))).toBe('2');
      expect(await left.store.get('gone')).toBeNull();
      expect(await right.store.get('key')).toBeNull();
    });

    test('a lease is exclusive in this replica, with a larger generation than any before', async () => {
      const { left } = pair();
      const before = await left.store.acquire('l', 1000);
      left.cut();
      const held = await left.store.acquire('l', 1000);
      expect(held?.generation).toBeGreaterThan(before?.generation ?? Number.POSITIVE_INFINITY);
      expect(await left.store.acquire('l', 1000)).toBeNull();
      await held?.release();
      expect((await left.store.acquire('l', 1000))?.generation).toBeGreaterThan(held?.generation ?? 0);
    });

    test('letting go of a lease that was taken before is no fault', async () => {
      const { left } = pair();
      const held = await left.store.acquire('l', 1000);
      left.cut();
      await expect(held?.release()).resolves.toBeUndefined();
    });
  });

  describe('and quotas', () => {
    test('each of three replicas draws the whole part of its share, and no more in any window', async () => {
      const clock = new VirtualClock();
      const replicas = share(clock, 3);
      for (const { cut } of replicas) cut();
      for (const { store } of replicas) expect(await drawn(store, 10)).toBe(3);
      await clock.advance(window.windowMs - 1);
      for (const { store } of replicas) expect(await drawn(store, 1)).toBe(0);
      await clock.advance(1);
      for (const { store } of replicas) expect(await drawn(store, 10)).toBe(3);
    });

    test('what it had drawn before the loss counts', async () => {
      const { left } = pair();
      expect(await drawn(left.store, 4)).toBe(4);
      left.cut();
      expect(await drawn(left.store, 10)).toBe(1);
    });

    test('what the others had drawn counts as far as it was seen: together they never exceed the limit', async () => {
      const { left, right } = pair();
      expect(await drawn(right.store, 8)).toBe(8);
      await left.store.spent('c', window);
      left.cut();
      right.cut();
      expect((await drawn(left.store, 10)) + (await drawn(right.store, 10))).toBeLessThanOrEqual(2);
      expect(await drawn(left.store, 1, 'other')).toBe(1);
    });

    test('a limit smaller than the number of replicas grants nothing, and says when to ask again', async () => {
      const [one] = share(new VirtualClock(), 20);
      one?.cut();
      expect(await one?.store.draw('c', window, 1)).toEqual({ granted: false, spent: 10, freeInMs: window.windowMs });
    });

    test('what it tells as spent leaves exactly what it would grant', async () => {
      const { clock, left } = pair();
      await drawn(left.store, 2);
      left.cut();
      expect(await left.store.spent('c', window)).toEqual({ granted: true, spent: 7, freeInMs: 0 });
      await clock.advance(1000);
      expect(await drawn(left.store, 5)).toBe(3);
      expect(await left.store.spent('c', window)).toEqual({ granted: true, spent: 10, freeInMs: 599_000 });
    });

    test('an amount that is no whole number is refused as ever', async () => {
      const { left } = pair();
      await expect(left.store.draw('c', window, 0.5)).rejects.toThrow(RangeError);
      left.cut();
      await expect(left.store.draw('c', window, -1)).rejects.toThrow(RangeError);
    });
  });

  describe('when it is back', () => {
    test('what was decided without it is told, draws included', async () => {
      const { left, right } = pair();
      await left.store.set('gone', bytes('x'));
      left.cut();
      await left.store.set('key', bytes('1'), { expiresInMs: 5000 });
      await left.store.delete('gone');
      expect(await drawn(left.store, 10)).toBe(5);
      left.mend();
      expect(text(await left.store.get('key'))).toBe('1');
      expect(text(await right.store.get('key'))).toBe('1');
      expect(await right.store.get('gone')).toBeNull();
      expect((await right.store.spent('c', window)).spent).toBe(5);
    });

    test('where another replica has decided meanwhile, that stands', async () => {
      const { left, right } = pair();
      await left.store.set('key', bytes('before'));
      left.cut();
      await left.store.set('key', bytes('left'));
      await right.store.set('key', bytes('right'));
      left.mend();
      expect(text(await left.store.get('key'))).toBe('right');
    });

    test('a second loss before all is told loses nothing and tells nothing twice', async () => {
      const { left, right } = pair();
      left.cut();
      await drawn(left.store, 3);
      await left.store.set('key', bytes('1'));
      left.mend();
      left.cut();
      expect(text(await left.store.get('key'))).toBe('1');
      left.mend();
      await left.store.get('key');
      expect((await right.store.spent('c', window)).spent).toBe(3);
      expect(text(await right.store.get('key'))).toBe('1');
    });
  });
});
