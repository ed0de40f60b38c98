import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type InsuredStore, openInsuredStore } from '../../src/store/insured.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';
import { type RedisServer, redisAbsence, startRedisServer } from '../support/redis-server.ts';

const window = { limit: 8, windowMs: 86_400_000 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe.skipIf(redisAbsence !== null)('a Redis that was emptied', () => {
  let server: RedisServer;
  const stores: Store[] = [];
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await server.command('FLUSHALL');
  });
  afterAll(() => server.close());

  const open = (clock: VirtualClock, replicas = 2): InsuredStore => {
    const store = openInsuredStore({
      clock,
      replicas,
      open: (onState, onEmptied) => openRedisStore({ url: server.url, clock, onState, onEmptied, time: 'clock' }),
    });
    stores.push(store);
    return store;
  };
  const draw = async (store: Store, times: number): Promise<number> => {
    let granted = 0;
    for (let turn = 0; turn < times; turn += 1) if ((await store.draw('queries', window, 1)).granted) granted += 1;
    return granted;
  };
  /** Virtual seconds, each with the time that Redis needs to answer what it starts. */
  const pass = async (clock: VirtualClock, seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      await clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test('lets no unit be drawn a second time, whoever notices first', async () => {
    const clock = new VirtualClock();
    const [left, right] = [open(clock), open(clock)];
    let drawn = (await draw(left, 3)) + (await draw(right, 2));
    expect(drawn).toBe(5);
    await server.command('FLUSHALL');
    drawn += await draw(left, 20);
    await pass(clock, 2);
    drawn += await draw(right, 20);
    await pass(clock, 5);
    drawn += (await draw(left, 20)) + (await draw(right, 20));
    expect(drawn).toBeLessThanOrEqual(8);
    expect((await left.spent('queries', window)).spent).toBeGreaterThanOrEqual(drawn);
  });

  test('is filled again from what each replica drew, so that the units left are used to the last', async () => {
    const clock = new VirtualClock();
    const [left, right] = [open(clock), open(clock)];
    expect((await draw(left, 3)) + (await draw(right, 2))).toBe(5);
    await server.command('FLUSHALL');
    await pass(clock, 6);
    expect((await left.spent('queries', window)).spent).toBe(5);
    expect((await draw(left, 20)) + (await draw(right, 20))).toBe(3);
  });

  test('counts what a replica drew that is gone meanwhile, as far as another one saw it', async () => {
    const clock = new VirtualClock();
    const [left, right] = [open(clock), open(clock)];
    await draw(right, 4);
    await draw(left, 1);
    await right.close();
    await server.command('FLUSHALL');
    await pass(clock, 6);
    expect((await left.spent('queries', window)).spent).toBe(5);
  });

  test('has the entries again that a living replica wrote, with the time that is left to them', async () => {
    const clock = new VirtualClock();
    const [left, right] = [open(clock), open(clock)];
    await left.set('token', bytes('secret'), { expiresInMs: 60_000 });
    await right.get('token');
    await left.set('gone', bytes('1'));
    await right.delete('gone');
    await pass(clock, 2);
    await server.command('FLUSHALL');
    await pass(clock, 6);
    expect(await right.get('token')).toEqual(Buffer.from('secret'));
    await pass(clock, 60);
    expect(await right.get('token')).toBe(null);
  });

  test('keeps what was written to it since', async () => {
    const clock = new VirtualClock();
    const store = open(clock, 1);
    await store.set('name', bytes('old'));
    await server.command('FLUSHALL');
    await store.set('name', bytes('new'));
    await pass(clock, 6);
    expect(await store.get('name')).toEqual(Buffer.from('new'));
  });

  test('gets back what was set in the store that protects, and not what was removed from it', async () => {
    const clock = new VirtualClock();
    const store = open(clock, 1);
    await store.protecting.set('kept', bytes('a budget'));
    await store.protecting.set('removed', bytes('a budget'));
    await store.protecting.delete('removed');
    await pass(clock, 2);
    await server.command('FLUSHALL');
    await pass(clock, 6);
    expect(await store.protecting.get('kept')).toEqual(Buffer.from('a budget'));
    expect(await store.protecting.get('removed')).toBeNull();
  });
});
