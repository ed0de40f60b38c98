import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { systemClock as clock } from '../../src/domain/clock.ts';
import { callersOf, type GatewayProcess, startGateway } from '../../test/support/whole-app/gateway-process.ts';
import { startVendors } from '../../test/support/whole-app/vendors.ts';
import type { Figure } from '../chaos/figure.ts';
import type { Plan } from '../chaos/plan.ts';

/**
 * Replicas that are replaced one after another under load. Processes as `npm start` runs them: keys, shedding, one real
 * Redis as the protecting store, sandboxes and a probing balancer in processes of their own.
 */

const key = 'r'.repeat(40);
const authorization = `Bearer ${key}`;
const headers = { authorization, 'content-type': 'application/json' };
const reads = [
  '/v1/costs?granularity=monthly&groupBy=provider',
  '/v1/costs?groupBy=service&limit=50',
  '/v1/costs/summary',
  '/v1/budgets',
  '/v1/anomalies',
  '/v1/accounts',
];
const readersAtOnce = 6;
const writersAtOnce = 2;
/** Between two requests of one caller. */
const pauseMs = 10;
const startedSchema = z.object({ url: z.string() });

interface Outcomes {
  reads: number;
  writes: number;
  failedReads: string[];
  failedWrites: string[];
}

const openBalancer = async (probeMs: number) => {
  const file = new URL('./balancer.ts', import.meta.url).pathname;
  const child = fork(file, [JSON.stringify({ probeMs })], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [started] = await once(child, 'message');
  return {
    url: startedSchema.parse(started).url,
    use: (replicas: readonly GatewayProcess[]) => void child.send({ replicas: replicas.map(({ url }) => url) }),
    close: () => child.disconnect(),
  };
};

const createdSchema = z.object({ data: z.object({ id: z.string() }) });

interface Asked {
  /** Null for an answer that is none of a failure. */
  readonly failed: string | null;
  readonly text: string;
}
const ask = async (url: string, init: RequestInit): Promise<Asked> => {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
    const text = await answer.text();
    const by = answer.headers.get('x-balancer');
    return { failed: answer.ok ? null : `${init.method ?? 'GET'} ${answer.status} ${by} ${text.slice(0, 200)}`, text };
  } catch (thrown) {
    return { failed: String(thrown), text: '' };
  }
};

const roll = async (plan: Plan, probeMs: number, replicaCount: number, rolls: number): Promise<Outcomes> => {
  const { redisUrl } = plan;
  if (redisUrl === null) throw new TypeError('replicas share a Redis');
  const vendors = await startVendors();
  const balancer = await openBalancer(probeMs);
  const start = (): Promise<GatewayProcess> =>
    startGateway({
      file: { connections: vendors.connections },
      environment: {
        ...callersOf([{ name: 'load', key, scopes: ['read', 'write'] }]),
        REDIS_URL: redisUrl,
        REPLICAS: String(replicaCount),
        RATE_LIMIT_MAX: '1000000',
      },
    });
  let replicas = await Promise.all(Array.from({ length: replicaCount }, start));
  balancer.use(replicas);
  await clock.sleep(3 * probeMs);

  const outcomes: Outcomes = { reads: 0, writes: 0, failedReads: [], failedWrites: [] };
  let ended = false;
  const reader = async (index: number): Promise<void> => {
    for (let turn = index; !ended; turn += 1) {
      const { failed } = await ask(`${balancer.url}${reads[turn % reads.length]}`, { headers });
      outcomes.reads += 1;
      if (failed !== null) outcomes.failedReads.push(failed);
      await clock.sleep(pauseMs);
    }
  };
  const writer = async (index: number): Promise<void> => {
    for (let turn = 0; !ended; turn += 1) {
      const name = `Rolled ${probeMs} ${index} ${turn}`;
      const limit = { amount: '1000', currency: 'USD' };
      const body = JSON.stringify({ connection: 'elastic', name, period: 'monthly', limit });
      const created = await ask(`${balancer.url}/v1/budgets`, { method: 'POST', headers, body });
      outcomes.writes += 1;
      if (created.failed !== null) {
        outcomes.failedWrites.push(created.failed);
        continue;
      }
      const { id } = createdSchema.parse(JSON.parse(created.text)).data;
      const path = `/v1/budgets/${encodeURIComponent(id)}`;
      const { failed } = await ask(`${balancer.url}${path}`, { method: 'DELETE', headers: { authorization } });
      outcomes.writes += 1;
      if (failed !== null) outcomes.failedWrites.push(failed);
      await clock.sleep(pauseMs);
    }
  };
  const load = [
    ...Array.from({ length: readersAtOnce }, (_, index) => reader(index)),
    ...Array.from({ length: writersAtOnce }, (_, index) => writer(index)),
  ];

  for (let count = 0; count < rolls; count += 1) {
    const fresh = await start();
    const [oldest, ...others] = replicas;
    if (oldest === undefined) throw new TypeError('there are replicas');
    balancer.use([...replicas, fresh]);
    await clock.sleep(2 * probeMs);
    oldest.kill('SIGTERM');
    await oldest.ended;
    replicas = [...others, fresh];
    balancer.use(replicas);
    await oldest.close();
  }
  ended = true;
  await Promise.all(load);
  balancer.close();
  await Promise.all(replicas.map((replica) => replica.close()));
  await vendors.close();
  return outcomes;
};

export const rolling = async (plan: Plan): Promise<Figure[]> => {
  if (plan.redisUrl === null) return [];
  const figures: Figure[] = [];
  for (const probeMs of plan.short ? [300] : [500, 1_500]) {
    const [replicas, rolls] = plan.short ? [2, 1] : [3, 20];
    const { reads: read, writes, failedReads, failedWrites } = await roll(plan, probeMs, replicas, rolls);
    for (const failed of [...failedReads, ...failedWrites].slice(0, 10)) process.stderr.write(`${failed}\n`);
    const of = `${rolls} restarts of ${replicas} replicas, probes every ${probeMs / 1000} s`;
    figures.push({ name: `failed reads of ${read}: ${of}`, found: failedReads.length, most: 0 });
    figures.push({ name: `failed writes of ${writes}: ${of}`, found: failedWrites.length, most: 0 });
  }
  return figures;
};
