import type { Figure } from '../chaos/figure.ts';
import type { Plan } from '../chaos/plan.ts';
import { type BusyGateway, withBusyGateway } from './busy-gateway.ts';
import type { Generator } from './generator.ts';
import { watchHealth } from './health-watch.ts';

/**
 * `npm run chaos overload`: ten times what the gateway can do, from an open loop. Four processes: the gateway as
 * `npm start` runs it with its shedder and with API keys of four callers, the three simulated vendors, the generator, and
 * this one. Over the embedded store; `npm run chaos overloadRedis` over Redis.
 */
const times = 10;

/** What it does at its best, of several numbers of requests at once. */
const capacityOf = async (generator: Generator, { load }: BusyGateway, seconds: number): Promise<number> => {
  const base = { ...load, requestsPerSecond: 0, seconds };
  await generator.closed({ ...base, seed: 90 }, 8);
  let most = 0;
  for (const [round, connections] of [2, 4, 8].entries()) {
    const { wellPerSecond } = await generator.closed({ ...base, seed: 91 + round }, connections);
    most = Math.max(most, wellPerSecond);
  }
  return most;
};

const measure = async (busy: BusyGateway, generator: Generator, short: boolean): Promise<Figure[]> => {
  const capacity = await capacityOf(generator, busy, short ? 1 : 5);
  const lightly = { ...busy.load, requestsPerSecond: capacity / 5, seconds: short ? 2 : 10 };
  const unloaded = await generator.open({ ...lightly, seed: 2 });
  const health = watchHealth(busy.gateway.url);
  const load = { ...busy.load, requestsPerSecond: capacity * times, seconds: short ? 5 : 30, seed: 3 };
  const loaded = await generator.open(load);
  const healthTimes = await health.stop();
  await generator.open({ ...lightly, seconds: 2, seed: 4 });
  const recovered = await generator.open({ ...lightly, seed: 5 });
  return [
    { name: 'capacity, answered well in a second', found: capacity, least: 0, timing: true },
    { name: 'requests sent', found: loaded.requests, least: load.seconds * capacity },
    { name: 'part of the capacity answered well', found: loaded.wellPerSecond / capacity, least: 0.9, timing: true },
    { name: 'p50 of what was answered, ms', found: loaded.well.p50, most: load.deadlineMs },
    { name: 'p99 of what was answered, ms', found: loaded.well.p99, most: load.deadlineMs },
    { name: 'the same, against unloaded', found: loaded.well.p99 / unloaded.well.p99, most: 5, timing: true },
    { name: 'refused', found: loaded.refused.count, least: 1 },
    { name: 'p50 of refusals, ms', found: loaded.refused.p50, most: 20, timing: true },
    { name: 'p99 of refusals, ms', found: loaded.refused.p99, most: 20, timing: true },
    { name: 'answers 200 after their deadline', found: loaded.late, most: 0 },
    { name: 'connections broken, requests without an answer', found: loaded.broken + loaded.unanswered, most: 0 },
    { name: 'checks of health that failed', found: healthTimes.failed, most: 0 },
    { name: 'p99 of checks of health, ms', found: healthTimes.p99, most: 100, timing: true },
    { name: 'refused two seconds after the load', found: recovered.refused.count, most: 0 },
    {
      name: 'least of all callers, against the most',
      found: Math.min(...loaded.byKey) / Math.max(...loaded.byKey),
      least: 0.5,
      timing: true,
    },
  ];
};

const overloadOver = ({ short }: Plan, environment: Readonly<Record<string, string>>): Promise<Figure[]> =>
  withBusyGateway(environment, short, (busy, generator) => measure(busy, generator, short));

export const overload = (plan: Plan): Promise<Figure[]> => overloadOver(plan, {});

export const overloadRedis = async (plan: Plan): Promise<Figure[]> =>
  plan.redisUrl === null ? [] : overloadOver(plan, { REDIS_URL: plan.redisUrl });
