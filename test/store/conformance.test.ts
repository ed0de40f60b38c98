import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everyKey } from '../../src/store/every-key.ts';
import type { Store } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';
import { closeDrivers, drivers } from './drivers.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | null): string | null => (value === null ? null : new TextDecoder().decode(value));
const hour = 3_600_000;

afterAll(closeDrivers);

for (const { name, absence } of drivers) if (absence !== null) test.skip(`the ${name} store: ${absence}`, () => {});

describe.each(drivers.filter(({ absence }) => absence === null))('the $name store', (driver) => {
  let clock: VirtualClock;
  let store: Store;
  let place: Awaited<ReturnType<typeof driver.place>>;

  beforeEach(async () => {
    clock = new VirtualClock();
    place = await driver.place();
    store = await place.open(clock);
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  describe('values', () => {
    test('a key that was never set is null', async () => {
      expect(await store.get('absent')).toBeNull();
    });

    test('what was set is read back, the last value wins, bytes of every kind survive', async () => {
      const every = Uint8Array.from({ length: 256 }, (_, index) => index);
      await store.set('key', bytes('first'));
      await store.set('key', every);
      expect([...((await store.get('key')) ?? [])]).toEqual([...every]);
      await store.set('empty', new Uint8Array());
      expect((await store.get('empty'))?.length).toBe(0);
    });

    test('neither the bytes given nor the bytes got are shared with the caller', async () => {
      const value = bytes('kept');
      await store.set('key', value);
      value.fill(0);
      (await store.get('key'))?.fill(0);
      expect(text(await store.get('key'))).toBe('kept');
    });

    test('keys of any text are told apart', async () => {
      const keys = ['a', 'A', 'a ', 'a\u0000b', 'a/b', '__proto__', 'ü', '\u{1F600}', "'; DROP TABLE entries; --"];
      for (const key of keys) await store.set(key, bytes(key));
      for (const key of keys) expect(text(await store.get(key))).toBe(key);
    });

    test('a deleted key is gone, and deleting it again is no fault', async () => {
      await store.set('key', bytes('x'));
      await store.delete('key');
      await store.delete('key');
      expect(await store.get('key')).toBeNull();
    });

    test('an entry lasts until its time and not longer', async () => {
      await store.set('short', bytes('x'), { expiresInMs: 1000 });
      await store.set('long', bytes('y'));
      await clock.advance(999);
      expect(text(await store.get('short'))).toBe('x');
      await clock.advance(1);
      expect(await store.get('short')).toBeNull();
      expect(text(await store.get('long'))).toBe('y');
    });

    test('setting anew replaces the expiry as well', async () => {
      await store.set('key', bytes('x'), { expiresInMs: 1000 });
      await store.set('key', bytes('y'));
      await clock.advance(5000);
      expect(text(await store.get('key'))).toBe('y');
    });

    test('a clock set back does not keep an entry beyond its lifetime once it was looked at', async () => {
      await store.set('key', bytes('x'), { expiresInMs: 1000 });
      clock.jump(-10 * hour);
      expect(text(await store.get('key'))).toBe('x');
      await clock.advance(1000);
      expect(await store.get('key')).toBeNull();
    });

    test('expired entries are swept and the others stay', async () => {
      for (let index = 0; index < 50; index += 1) await store.set(`short/${index}`, bytes('x'), { expiresInMs: 1000 });
      await store.set('long', bytes('y'), { expiresInMs: 10 * hour });
      await clock.advance(hour);
      await store.set('other', bytes('z'));
      expect(await store.keys('', 100)).toEqual(['long', 'other']);
    });
  });

  describe('keys', () => {
    test('lists by prefix, in order of bytes, up to the limit, without the expired', async () => {
      for (const key of ['b/2', 'b/1', 'a/1', 'b/10', 'b', 'c', 'b/\u{1F600}', 'b/\uFFFD'])
        await store.set(key, bytes(''));
      await store.set('b/0', bytes(''), { expiresInMs: 10 });
      await clock.advance(10);
      expect(await store.keys('b/', 100)).toEqual(['b/1', 'b/10', 'b/2', 'b/\uFFFD', 'b/\u{1F600}']);
      expect(await store.keys('b/', 2)).toEqual(['b/1', 'b/10']);
      expect(await store.keys('b/', 2, 'b/10')).toEqual(['b/2', 'b/\uFFFD']);
      expect(await store.keys('b/', 2, 'b/15')).toEqual(['b/2', 'b/\uFFFD']);
      expect(await store.keys('b/', 100, 'b/\uFFFD')).toEqual(['b/\u{1F600}']);
      expect(await store.keys('b/', 100, 'a')).toEqual(await store.keys('b/', 100));
      expect(await store.keys('b/', 100, 'c')).toEqual([]);
      expect(await everyKey(store, 'b/')).toEqual(await store.keys('b/', 100));
      expect(await store.keys('none', 2)).toEqual([]);
    });

    test('a wildcard in a prefix is a plain character', async () => {
      await store.set('a%b', bytes(''));
      await store.set('axb', bytes(''));
      expect(await store.keys('a%', 10)).toEqual(['a%b']);
    });
  });

  describe('compare and set', () => {
    test('null expects the key to be absent', async () => {
      expect(await store.compareAndSet('key', null, bytes('1'))).toBe(true);
      expect(await store.compareAndSet('key', null, bytes('2'))).toBe(false);
      expect(text(await store.get('key'))).toBe('1');
    });

    test('only the exact bytes are replaced', async () => {
      await store.set('key', bytes('1'));
      expect(await store.compareAndSet('key', bytes('10'), bytes('2'))).toBe(false);
      expect(await store.compareAndSet('key', bytes('1'), bytes('2'))).toBe(true);
      expect(await store.compareAndSet('absent', bytes('1'), bytes('2'))).toBe(false);
      expect(text(await store.get('key'))).toBe('2');
    });

    test('an expired value counts as absent', async () => {
      await store.set('key', bytes('1'), { expiresInMs: 10 });
      await clock.advance(10);
      expect(await store.compareAndSet('key', bytes('1'), bytes('2'))).toBe(false);
      expect(await store.compareAndSet('key', null, bytes('2'), { expiresInMs: 10 })).toBe(true);
      await clock.advance(10);
      expect(await store.get('key')).toBeNull();
    });

    test('of fifty at once exactly one wins', async () => {
      const won = await Promise.all(
        Array.from({ length: 50 }, (_, index) => store.compareAndSet('key', null, bytes(String(index)))),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(text(await store.get('key'))).toBe(String(won.indexOf(true)));
    });
  });

  describe('draws', () => {
    const window = { limit: 3, windowMs: hour };

    test('grants up to the limit, then says when the next unit frees', async () => {
      expect(await store.draw('c', window, 1)).toEqual({ granted: true, spent: 1, freeInMs: 0 });
      await clock.advance(1000);
      expect(await store.draw('c', window, 2)).toEqual({ granted: true, spent: 3, freeInMs: hour - 1000 });
      expect(await store.draw('c', window, 1)).toEqual({ granted: false, spent: 3, freeInMs: hour - 1000 });
      await clock.advance(hour - 1000);
      expect(await store.draw('c', window, 1)).toEqual({ granted: true, spent: 3, freeInMs: 1000 });
    });

    test('a refused draw costs nothing, and looking costs nothing', async () => {
      await store.draw('c', window, 2);
      expect(await store.draw('c', window, 2)).toMatchObject({ granted: false, spent: 2, freeInMs: 0 });
      expect(await store.spent('c', window)).toEqual({ granted: true, spent: 2, freeInMs: 0 });
      expect(await store.draw('c', window, 1)).toMatchObject({ granted: true, spent: 3 });
    });

    test('a smaller limit on the same counter sees what was spent under the larger', async () => {
      await store.draw('c', window, 2);
      expect(await store.draw('c', { limit: 2, windowMs: hour }, 1)).toMatchObject({ granted: false, freeInMs: hour });
      expect(await store.spent('c', { limit: 1, windowMs: hour })).toMatchObject({ granted: false, spent: 2 });
    });

    test('a limit of nothing grants nothing', async () => {
      expect(await store.draw('c', { limit: 0, windowMs: hour }, 1)).toEqual({
        granted: false,
        spent: 0,
        freeInMs: hour,
      });
    });

    test('counters are independent', async () => {
      await store.draw('a', window, 3);
      expect(await store.draw('b', window, 3)).toMatchObject({ granted: true });
    });

    test('an amount that is no whole number is refused', async () => {
      for (const amount of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
        await expect(store.draw('c', window, amount)).rejects.toThrow(RangeError);
      expect(await store.spent('c', window)).toMatchObject({ spent: 0 });
    });

    test('of a hundred at once exactly as many as the limit are granted', async () => {
      const draws = await Promise.all(Array.from({ length: 100 }, () => store.draw('c', { ...window, limit: 7 }, 1)));
      expect(draws.filter((draw) => draw.granted)).toHaveLength(7);
    });

    test('a draw from the future counts as made now: a clock set back blocks for one window, not longer', async () => {
      await store.draw('c', window, 3);
      clock.jump(-10 * hour);
      expect(await store.draw('c', window, 1)).toEqual({ granted: false, spent: 3, freeInMs: hour });
      await clock.advance(hour);
      expect(await store.draw('c', window, 1)).toMatchObject({ granted: true, spent: 1 });
    });

    test('no window of any schedule ever holds more than the limit', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 5 }),
          fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 3 })), { maxLength: 40 }),
          async (limit, schedule) => {
            run += 1;
            const granted: { at: number; amount: number }[] = [];
            for (const [wait, amount] of schedule) {
              clock.jump(wait);
              const { spent, ...draw } = await store.draw(`run/${run}`, { limit, windowMs: 1000 }, amount);
              if (draw.granted) granted.push({ at: clock.now(), amount });
              const held = granted
                .filter(({ at }) => at > clock.now() - 1000)
                .reduce((sum, made) => sum + made.amount, 0);
              expect(held).toBeLessThanOrEqual(limit);
              expect(spent).toBe(held);
              if (!draw.granted) expect(held + amount).toBeGreaterThan(limit);
            }
          },
        ),
        { numRuns: 40 },
      );
    });
  });

  describe('leases', () => {
    test('one holder at a time, until it lets go', async () => {
      const first = await store.acquire('l', 1000);
      expect(await store.acquire('l', 1000)).toBeNull();
      expect(await store.acquire('other', 1000)).not.toBeNull();
      await first?.release();
      expect(await store.acquire('l', 1000)).not.toBeNull();
    });

    test('of fifty at once exactly one gets it', async () => {
      const leases = await Promise.all(Array.from({ length: 50 }, () => store.acquire('l', 1000)));
      expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
    });

    test('it ends by itself, and the late holder can no longer release it', async () => {
      const late = await store.acquire('l', 1000);
      await clock.advance(1000);
      const next = await store.acquire('l', 1000);
      expect(next).not.toBeNull();
      await late?.release();
      expect(await store.acquire('l', 1000)).toBeNull();
    });

    test('every acquisition has a larger generation', async () => {
      const generations: number[] = [];
      for (let turn = 0; turn < 5; turn += 1) {
        const lease = await store.acquire('l', 1000);
        generations.push(lease?.generation ?? -1);
        if (turn % 2 === 0) await lease?.release();
        else await clock.advance(1000);
      }
      expect(generations).toEqual([...new Set(generations)].sort((left, right) => left - right));
      expect(generations[0]).toBeGreaterThan(0);
    });

    test('a clock set back does not hold it longer than its duration', async () => {
      await store.acquire('l', 1000);
      clock.jump(-10 * hour);
      expect(await store.acquire('l', 1000)).toBeNull();
      await clock.advance(1000);
      expect(await store.acquire('l', 1000)).not.toBeNull();
    });
  });

  test('a durable store keeps data, expiry, draws, leases and generations over a restart', async () => {
    if (!store.durable) {
      expect(store.kind).toBe('memory');
      return;
    }
    await store.set('long', bytes('x'));
    await store.set('short', bytes('x'), { expiresInMs: 1000 });
    await store.draw('c', { limit: 2, windowMs: hour }, 1);
    const held = await store.acquire('held', 2000);
    const released = await store.acquire('released', 2000);
    await released?.release();
    await store.close();

    await clock.advance(1000);
    store = await place.open(clock);
    expect(text(await store.get('long'))).toBe('x');
    expect(await store.get('short')).toBeNull();
    expect(await store.spent('c', { limit: 2, windowMs: hour })).toMatchObject({ spent: 1 });
    expect(await store.acquire('held', 1000)).toBeNull();
    const again = await store.acquire('released', 1000);
    expect(again?.generation).toBeGreaterThan(Math.max(held?.generation ?? 0, released?.generation ?? 0));
  });

  test('closing twice is no fault', async () => {
    await store.close();
    await expect(store.close()).resolves.toBeUndefined();
  });
});
