import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type InsuredStore, openInsuredStore } from '../../src/store/insured.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import { startApp } from '../support/app.ts';
import { type Answered, type Ask, askOver } from '../support/ask.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { type RedisServer, redisAbsence, startRedisServer } from '../support/redis-server.ts';
import { ToyVendor } from '../support/toy-vendor.ts';
import { endpointOf } from '../support/toy-vendors-app.ts';
import { until } from './rig.ts';

const budget = {
  connection: 'bare',
  name: 'Core platform',
  period: 'monthly',
  limit: { amount: '100', currency: 'USD' },
  alerts: [],
  scope: {},
};
const monitor = {
  connection: 'bare',
  name: 'Storage watch',
  filters: {},
  groupBy: ['service'],
  sensitivity: 'medium',
  minImpact: null,
};
const kinds = [
  { plural: 'budgets', path: '/v1/budgets', body: budget },
  { plural: 'monitors', path: '/v1/anomaly-monitors', body: monitor },
];

describe.skipIf(redisAbsence !== null)('what the gateway keeps, over two replicas whose Redis is lost', () => {
  let server: RedisServer;
  let line: FaultProxy;

  beforeAll(async () => {
    server = await startRedisServer();
    line = await startFaultProxy(server.port, 'redis');
  });
  afterEach(async () => {
    line.heal();
    await server.command('FLUSHALL');
  });
  afterAll(async () => {
    await line.close();
    await server.close();
  });

  interface Replica {
    readonly ask: Ask;
    readonly store: InsuredStore;
  }

  const replica = async (): Promise<Replica> => {
    const clock = pinnedClock();
    const store = openInsuredStore({
      clock,
      replicas: 2,
      open: (onState) => openRedisStore({ url: line.url, clock, onState }),
    });
    const app = await startApp([], {
      clock,
      store,
      protectingStore: store.protecting,
      storeState: store.state,
      endpoints: [endpointOf(new ToyVendor(clock, { name: 'bare', currencies: ['USD'] }))],
    });
    onTestFinished(async () => {
      await app.close();
      await store.close();
    });
    return { ask: askOver(app), store };
  };
  /** On a busy machine Redis may take so long to answer that it counts as lost for a moment. */
  const steadily = async ({ ask, store }: Replica, ...request: Parameters<Ask>): Promise<Answered> => {
    for (;;) {
      const answer = await ask(...request);
      if (answer.status < 500 && Object(answer.body).meta?.complete !== false) return answer;
      await until(() => !store.lost());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const lose = (): void => {
    line.set({ down: true });
    line.cut();
  };
  const namesIn = (body: unknown): string[] => {
    const names: string[] = Object(body).data.map((each: { readonly name: string }) => each.name);
    return names.sort();
  };
  const idIn = (body: unknown): string => Object(body).data.id;

  test.each(kinds)('no change of $plural is taken, with a key or without, and none is there later', async (kind) => {
    const [first, second] = [await replica(), await replica()];
    const made = await steadily(first, 'POST', kind.path, kind.body);
    expect(made.status).toBe(201);
    const thing = `${kind.path}/${encodeURIComponent(idIn(made.body))}`;
    await steadily(first, 'GET', kind.path);
    lose();
    const refused = { status: 503, body: { type: '/problems/idempotency-unavailable' } };
    for (const { ask } of [first, second]) {
      for (const headers of [{}, { 'idempotency-key': 'a-key-of-this-test' }]) {
        expect(await ask('POST', kind.path, { ...kind.body, name: 'Refused' }, headers)).toMatchObject(refused);
      }
      expect(await ask('PUT', thing, { ...kind.body, name: 'Refused' })).toMatchObject(refused);
      expect(await ask('DELETE', thing)).toMatchObject(refused);
    }
    line.heal();
    await until(() => !first.store.lost() && !second.store.lost());
    for (const each of [first, second]) {
      const { body } = await steadily(each, 'GET', kind.path, undefined, { 'cache-control': 'no-cache' });
      expect(namesIn(body)).toEqual([kind.body.name]);
    }
    expect((await steadily(second, 'DELETE', thing)).status).toBe(204);
    expect((await steadily(first, 'GET', thing)).status).toBe(404);
  });

  test.each(kinds)(
    '$plural of the last known list are served as stale, and no other is called absent',
    async (kind) => {
      const [first, second] = [await replica(), await replica()];
      const known = await steadily(first, 'POST', kind.path, kind.body);
      expect(namesIn((await steadily(second, 'GET', kind.path)).body)).toEqual([kind.body.name]);
      const unknown = await steadily(first, 'POST', kind.path, { ...kind.body, name: 'Created since' });
      lose();
      const listed = await second.ask('GET', kind.path);
      expect(namesIn(listed.body)).toEqual([kind.body.name]);
      expect(listed).toMatchObject({
        status: 200,
        body: { meta: { complete: false, providers: [{ status: 'stale', problem: { detail: expect.any(String) } }] } },
      });
      expect(await second.ask('GET', `${kind.path}/${encodeURIComponent(idIn(known.body))}`)).toMatchObject({
        status: 200,
        body: { data: { name: kind.body.name }, meta: { complete: false } },
      });
      expect(await second.ask('GET', `${kind.path}/${encodeURIComponent(idIn(unknown.body))}`)).toMatchObject({
        status: 502,
        body: { type: '/problems/vendor-incomplete' },
      });
      line.heal();
      await until(() => !second.store.lost());
      const healed = await steadily(second, 'GET', kind.path);
      expect(namesIn(healed.body)).toEqual([kind.body.name, 'Created since'].sort());
    },
  );

  test.each(kinds)('$plural are missing by name from the list of a replica that never saw them', async (kind) => {
    const first = await replica();
    expect((await steadily(first, 'POST', kind.path, kind.body)).status).toBe(201);
    lose();
    const { ask } = await replica();
    expect(await ask('GET', kind.path)).toMatchObject({
      status: 200,
      body: { data: [], meta: { complete: false, providers: [{ status: 'partial', problem: { status: 502 } }] } },
    });
  });

  test('anomalies are not called complete while the monitors are not known', async () => {
    const first = await replica();
    expect((await steadily(first, 'POST', '/v1/anomaly-monitors', monitor)).status).toBe(201);
    expect((await steadily(first, 'GET', '/v1/anomalies')).status).toBe(200);
    lose();
    const { ask } = await replica();
    expect(await ask('GET', '/v1/anomalies')).toMatchObject({
      status: 200,
      body: { meta: { complete: false, providers: [{ status: 'stale' }] } },
    });
  });
});
