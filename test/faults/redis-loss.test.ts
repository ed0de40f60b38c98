import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type InsuredStore, openInsuredStore } from '../../src/store/insured.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { type RedisServer, redisAbsence, startRedisServer } from '../support/redis-server.ts';
import { type FaultRig, oneCall, otherMonths, startFaultRigOn } from './rig.ts';

type Clock = ReturnType<typeof pinnedClock>;

describe.skipIf(redisAbsence !== null)('replicas over a Redis that fails', () => {
  let server: RedisServer;
  let line: FaultProxy;
  const stores: InsuredStore[] = [];

  beforeAll(async () => {
    server = await startRedisServer();
    line = await startFaultProxy(server.port, 'redis');
  });
  afterEach(async () => {
    server.thaw();
    line.heal();
    for (const store of stores.splice(0)) await store.close();
    await server.command('FLUSHALL');
  });
  afterAll(async () => {
    await line.close();
    await server.close();
  });

  const replica = async (
    replicas: number,
    first: FaultRig<Clock> | null = null,
    vendors: readonly string[] = ['elastic'],
  ): Promise<FaultRig<Clock> & { store: InsuredStore }> => {
    const clock = pinnedClock();
    const store = openInsuredStore({
      clock,
      replicas,
      open: (onState) => openRedisStore({ url: line.url, clock, onState }),
    });
    stores.push(store);
    const rig = await startFaultRigOn(clock, { store, vendors, ...(first === null ? {} : { shared: first.vendors }) });
    return { ...rig, store };
  };
  const replicasOf = async (count: number, vendors: readonly string[]) => {
    const first = await replica(count, null, vendors);
    const all = [first];
    while (all.length < count) all.push(await replica(count, first, vendors));
    return { first, all };
  };
  const timeOf = async (work: () => Promise<{ status: number }>): Promise<number> => {
    const begun = performance.now();
    expect((await work()).status).toBe(200);
    return performance.now() - begun;
  };

  test('K4 down at the start: it starts, answers, and says that it is alone', async () => {
    line.set({ down: true });
    const { ask, store } = await replica(2);
    expect((await ask()).status).toBe(200);
    expect([store.state(), store.lost()]).toEqual(['lost', true]);
  });

  test.each([
    { fault: 'frozen', arm: () => server.freeze() },
    { fault: 'two seconds slow', arm: () => line.set({ latencyMs: 2_000 }) },
    { fault: 'swallowed by the network', arm: () => line.set({ silent: true }) },
    {
      fault: 'gone',
      arm: () => {
        line.set({ down: true });
        line.cut();
      },
    },
  ])('K5 $fault: a warm read pays for it once at most, a cold one goes on from memory, none fails', async ({ arm }) => {
    const { ask, store } = await replica(2);
    await ask();
    arm();
    expect(await timeOf(() => ask())).toBeLessThan(1_500);
    await ask(otherMonths[0]);
    expect(store.lost()).toBe(true);
    // Twenty that each waited for a command would take three seconds.
    let together = 0;
    for (let turn = 0; turn < 20; turn += 1) together += await timeOf(() => ask());
    expect(together).toBeLessThan(1_500);
    await expect(store.shared.compareAndSet('write/1/key', null, new Uint8Array())).rejects.toThrow();
  });

  test('K5 reset again and again while it is read: nobody notices', async () => {
    const { ask } = await replica(2);
    for (const query of otherMonths) {
      const asking = Promise.all([ask(query), ask(query), ask(oneCall)]);
      line.cut();
      for (const { status } of await asking) expect(status).toBe(200);
    }
  });

  test('K6 emptied at load: what is needed is bought once more at most, and the token lives on', async () => {
    const { first, all } = await replicasOf(3, ['cloudspend']);
    await Promise.all(all.map(({ ask }) => ask()));
    await server.command('FLUSHALL');
    const answers = await Promise.all(all.flatMap(({ ask }) => otherMonths.slice(0, 3).map((query) => ask(query))));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(first.vendor.callsTo('/oauth')).toBe(1);
    expect(first.vendor.callsTo('/cs/api/cost/sankey_chart_data')).toBeLessThanOrEqual(8);
  });

  test('E2 five replicas ask for one token between them, through Redis', async () => {
    const { first, all } = await replicasOf(5, ['cloudspend']);
    const answers = await Promise.all(all.map(({ ask }, index) => ask(otherMonths[index])));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(first.vendor.callsTo('/oauth')).toBe(1);
  });

  test('E11 without Redis each replica asks for its own share of tokens, and for no more', async () => {
    line.set({ down: true });
    const { first, all } = await replicasOf(5, ['cloudspend']);
    first.vendor.sandbox.faults.set([{ kind: 'cut', path: '/oauth' }]);
    for (const { ask } of all) for (const query of otherMonths.slice(0, 3)) await ask(query);
    expect(first.vendor.callsTo('/oauth')).toBeLessThanOrEqual(5);
  });

  test('D10 a pause that one replica learns of holds for the others from then on', async () => {
    const { first, all } = await replicasOf(4, ['elastic']);
    // Each has looked before: what it saw then must not be what it goes by.
    for (const [index, { ask }] of all.entries()) expect((await ask(otherMonths[index])).status).toBe(200);
    const before = first.vendor.calls();
    first.vendor.sandbox.faults.set([{ kind: 'throttle', retryAfter: '600' }]);
    expect((await first.ask()).status).toBe(429);
    await new Promise((resolve) => first.clock.after(100, () => resolve(null)));
    for (const { ask } of all) for (const query of otherMonths.slice(4)) expect((await ask(query)).status).toBe(429);
    expect(first.vendor.calls() - before).toBe(1);
  });

  test('F2 equal cold reads over eight replicas are two calls at most', async () => {
    const { first, all } = await replicasOf(8, ['elastic']);
    first.vendor.sandbox.faults.set([{ kind: 'latency', milliseconds: 100 }]);
    const answers = await Promise.all(all.flatMap(({ ask }) => Array.from({ length: 10 }, () => ask())));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(first.vendor.calls()).toBeLessThanOrEqual(2);
  });

  test('F11 foreign bytes under our own names are bought again', async () => {
    const first = await replica(2);
    const good = await first.ask();
    const names = await server.command('KEYS', 'cg1:entry:*');
    for (const name of Array.isArray(names) ? names : []) await server.command('SET', String(name), 'v1 - - 3\nxyz');
    const second = await replica(2, first);
    const answer = await second.ask();
    expect([answer.status, answer.body.data]).toEqual([200, good.body.data]);
  });
});
