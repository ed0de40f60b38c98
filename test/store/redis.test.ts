import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { openRedisStore, type SharedStore, type StoreState } from '../../src/store/redis.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type RedisServer, redisAbsence, startRedisServer } from '../support/redis-server.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | null): string | null => (value === null ? null : new TextDecoder().decode(value));

const failsIn = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await expect(work()).rejects.toThrow();
  return performance.now() - begun;
};

describe.skipIf(redisAbsence !== null)('Redis as a store', () => {
  let server: RedisServer;
  let proxy: FaultProxy;
  const opened: SharedStore[] = [];

  beforeAll(async () => {
    server = await startRedisServer();
    proxy = await startFaultProxy(server.port, 'redis');
  });
  afterEach(async () => {
    server.thaw();
    proxy.heal();
    for (const store of opened.splice(0)) await store.close();
    await server.command('CONFIG', 'SET', 'maxclients', '1000');
    await server.command('CONFIG', 'SET', 'maxmemory', '0');
    await server.command('CONFIG', 'SET', 'requirepass', '');
    await server.command('REPLICAOF', 'NO', 'ONE');
    await server.command('FLUSHALL');
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });

  const open = (url = proxy.url) => {
    const told: StoreState[] = [];
    let wake: { readonly state: StoreState; readonly resolve: () => void } | null = null;
    const store = openRedisStore({
      url,
      clock: systemClock,
      onState: (state) => {
        told.push(state);
        if (wake?.state === state) wake.resolve();
      },
    });
    opened.push(store);
    const becomes = async (state: StoreState): Promise<void> => {
      if (store.state() === state) return;
      await new Promise<void>((resolve) => {
        wake = { state, resolve };
      });
    };
    return { store, told, becomes };
  };

  describe('that misbehaves', () => {
    test('is not blamed for an answer that waited while this process computed', async () => {
      const { store, told } = open();
      await store.set('key', bytes('x'));
      const asked = store.get('key');
      // The command is sent in this turn of the event loop; its answer cannot be read before the next one.
      for (let count = 0; count < 20; count += 1) await Promise.resolve();
      const begun = performance.now();
      while (performance.now() - begun < 400);
      expect(text(await asked)).toBe('x');
      expect(told).toEqual([]);
    });

    test('frozen, it costs 150 ms once and nothing afterwards, and is used again once it thaws', async () => {
      const { store, becomes } = open();
      await store.set('key', bytes('x'));
      server.freeze();
      const first = await failsIn(() => store.get('key'));
      expect(first).toBeGreaterThan(100);
      expect(first).toBeLessThan(1_000);
      expect(store.state()).toBe('lost');
      expect(
        await failsIn(async () => {
          for (let turn = 0; turn < 50; turn += 1) await store.get('key').catch(() => {});
          throw new Error('done');
        }),
      ).toBeLessThan(2_000);
      server.thaw();
      await becomes('ok');
      expect(text(await store.get('key'))).toBe('x');
    });

    test('a line that swallows everything is left for a new one', async () => {
      const { store, becomes } = open();
      await store.set('key', bytes('x'));
      proxy.set({ silent: true });
      await failsIn(() => store.get('key'));
      proxy.heal();
      await becomes('ok');
      expect(text(await store.get('key'))).toBe('x');
    });

    test('answers that take two seconds are not waited for', async () => {
      const { store } = open();
      await store.set('key', bytes('x'));
      proxy.set({ latencyMs: 2000 });
      expect(await failsIn(() => store.get('key'))).toBeLessThan(1_500);
      expect(await failsIn(() => store.get('key'))).toBeLessThan(140);
    });

    test('a reset connection is noticed without a command, and replaced', async () => {
      const { store, told, becomes } = open();
      await store.set('key', bytes('x'));
      proxy.cut();
      await becomes('lost');
      await becomes('ok');
      expect(text(await store.get('key'))).toBe('x');
      expect(told).toEqual(['lost', 'ok']);
    });

    test('no command is ever sent twice, whatever becomes of its connection', async () => {
      const { store, becomes } = open();
      await store.spent('c', { limit: 9, windowMs: 60_000 });
      proxy.set({ latencyMs: 100 });
      const draws = Array.from({ length: 5 }, () =>
        store.draw('c', { limit: 9, windowMs: 60_000 }, 1).catch(() => null),
      );
      setImmediate(() => setImmediate(() => proxy.cut()));
      await Promise.all(draws);
      proxy.heal();
      await becomes('ok');
      expect((await store.spent('c', { limit: 9, windowMs: 60_000 })).spent).toBeLessThanOrEqual(5);
    });

    test('absent at the start, it is found when it comes', async () => {
      proxy.set({ down: true });
      const { store, told, becomes } = open();
      await failsIn(() => store.get('key'));
      expect(told).toEqual(['lost']);
      proxy.heal();
      await becomes('ok');
      await store.set('key', bytes('x'));
    });

    test('full, read only or with another password it counts as lost, not as a fault of the request', async () => {
      const refusals: readonly { set: readonly [string, ...string[]]; unset: readonly [string, ...string[]] }[] = [
        { set: ['CONFIG', 'SET', 'maxmemory', '1'], unset: ['CONFIG', 'SET', 'maxmemory', '0'] },
        { set: ['REPLICAOF', '127.0.0.1', '1'], unset: ['REPLICAOF', 'NO', 'ONE'] },
      ];
      for (const { set, unset } of refusals) {
        const { store, becomes } = open();
        await store.set('key', bytes('x'));
        await server.command(...set);
        await failsIn(() => store.set('key', bytes('y')));
        expect(store.state(), set.join(' ')).toBe('lost');
        await server.command(...unset);
        await becomes('ok');
        await store.set('key', bytes('z'));
      }
      await server.command('CONFIG', 'SET', 'requirepass', 'right');
      const { store } = open(`redis://:wrong@127.0.0.1:${server.port}`);
      await failsIn(() => store.get('key'));
      expect(store.state()).toBe('lost');
    });

    test('more clients than it takes: lost, without an error of its own', async () => {
      await server.command('CONFIG', 'SET', 'maxclients', '2');
      const { store: holder } = open(server.url);
      await holder.get('key');
      const { store } = open(server.url);
      await failsIn(() => store.get('key'));
      expect(store.state()).toBe('lost');
      await server.command('CONFIG', 'SET', 'maxclients', '1000');
    });

    test('emptied, it knows its scripts again by itself', async () => {
      const { store } = open();
      await store.set('key', bytes('x'));
      await server.command('SCRIPT', 'FLUSH');
      await server.command('FLUSHALL');
      expect(await store.get('key')).toBeNull();
      expect((await store.draw('c', { limit: 1, windowMs: 1000 }, 1)).granted).toBe(true);
      expect(store.state()).toBe('ok');
    });
  });

  describe('with foreign contents', () => {
    test('bytes, lengths and types that are not ours are a miss and gone', async () => {
      const { store } = open();
      const foreign: readonly [string, ...string[]][] = [
        ['SET', 'cg1:entry:key', 'anything'],
        ['SET', 'cg1:entry:key', ''],
        ['SET', 'cg1:entry:key', 'v2 - - 1\nx'],
        ['SET', 'cg1:entry:key', 'v1 - - 9\nx'],
        ['LPUSH', 'cg1:entry:key', 'x'],
        ['HSET', 'cg1:entry:key', 'a', 'b'],
      ];
      for (const command of foreign) {
        await server.command(...command);
        expect(await store.get('key'), command.join(' ')).toBeNull();
        expect(await server.command('EXISTS', 'cg1:entry:key')).toBe(0);
        expect(await store.compareAndSet('key', null, bytes('ours'))).toBe(true);
        await store.delete('key');
      }
      expect(store.state()).toBe('ok');
    });

    test('a window or a lease that is not ours is begun anew', async () => {
      const { store } = open();
      await server.command('SET', 'cg1:draws:c', 'x');
      await server.command('SADD', 'cg1:lease:l', 'x');
      expect(await store.draw('c', { limit: 1, windowMs: 1000 }, 1)).toMatchObject({ granted: true, spent: 1 });
      expect(await store.acquire('l', 1000)).not.toBeNull();
    });

    test('another version of the layout lives beside ours, and neither sees the other (K11)', async () => {
      const { store } = open();
      const next = openRedisStore({ url: server.url, clock: systemClock, prefix: 'cg2:' });
      opened.push(next);
      await store.set('key', bytes('old'));
      await next.set('key', bytes('new'));
      expect(text(await store.get('key'))).toBe('old');
      expect(text(await next.get('key'))).toBe('new');
      expect(await next.keys('', 10)).toEqual(['key']);
    });
  });

  describe('for several replicas', () => {
    test("windows, ends and leases follow Redis's time: a replica whose clock is a day off sees the same", async () => {
      const { store } = open();
      const astray = openRedisStore({ url: server.url, clock: { ...systemClock, now: () => Date.now() - 86_400_000 } });
      opened.push(astray);
      const window = { limit: 3, windowMs: 60_000 };
      await store.draw('c', window, 2);
      expect(await astray.draw('c', window, 2)).toMatchObject({ granted: false, spent: 2 });
      expect(await store.acquire('l', 60_000)).not.toBeNull();
      expect(await astray.acquire('l', 60_000)).toBeNull();
      await astray.set('short', bytes('x'), { expiresInMs: 60_000 });
      expect(await store.get('short')).not.toBeNull();
    });

    test('generations do not begin anew where Redis has forgotten the last one', async () => {
      const { store } = open();
      const before = await store.acquire('l', 1000);
      await server.command('FLUSHALL');
      const after = await store.acquire('l', 1000);
      expect(after?.generation).toBeGreaterThanOrEqual(before?.generation ?? Number.POSITIVE_INFINITY);
    });

    test('what has ended is cleared away: nothing stays in Redis for ever', async () => {
      const { store } = open();
      for (let index = 0; index < 20; index += 1) await store.set(`short/${index}`, bytes('x'), { expiresInMs: 1 });
      // They end by the clock of Redis, in whole milliseconds.
      while ((await store.get('short/19')) !== null);
      await store.draw('c', { limit: 1, windowMs: 1000 }, 1);
      await store.acquire('l', 1000);
      for (let index = 0; index < 4; index += 1) await store.set('key', bytes('x'), { expiresInMs: 60_000 });
      expect(await server.command('ZCARD', 'cg1:ends')).toBe(1);
      expect(await server.command('ZCARD', 'cg1:index')).toBe(1);
      for (const key of ['cg1:entry:key', 'cg1:draws:c', 'cg1:lease:l']) {
        expect(Number(await server.command('PTTL', key)), key).toBeGreaterThan(0);
      }
    });
  });
});
