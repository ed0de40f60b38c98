import { z } from 'zod';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import { redisAbsence } from '../../../test/support/redis-server.ts';
import { startVendors, type VendorsProcess } from '../../../test/support/whole-app/vendors.ts';
import type { Figure } from '../../chaos/figure.ts';
import type { Plan } from '../../chaos/plan.ts';
import { type Caller, createCaller } from './caller.ts';
import type { History } from './history.ts';
import { judgeGateway, judgeRepeats, judgeVendor } from './judge.ts';
import { type Mortals, startMortals } from './mortals.ts';
import { places } from './places.ts';
import { runWriter } from './writer.ts';

/**
 * A run of whole processes over real stores: gateways, and Redis, are killed with SIGKILL at seeded random moments while
 * writers write. The vendors are one process that lives on. No authentication, and no limit for the writers.
 */
interface Times {
  /** How long writers begin new things. */
  readonly writeMs: number;
  /** How long they repeat what has no answer: a claim of a dead process ends, and an outcome is found out. */
  readonly settleMs: number;
  readonly killsMost: number;
  /** Between two kills of one gateway, and of Redis. */
  readonly lifeMs: readonly [number, number];
  readonly redisLifeMs: readonly [number, number];
  readonly writersEach: number;
  /** Writers go on until so many writes are done, however slow the machine is. */
  readonly doneLeast: number;
}
const hangsMs = 20_000;

const long: Times = {
  writeMs: 80_000,
  settleMs: 95_000,
  killsMost: Number.POSITIVE_INFINITY,
  lifeMs: [20, 1_500],
  redisLifeMs: [500, 6_000],
  writersEach: 5,
  doneLeast: 0,
};
const short: Times = {
  writeMs: 900,
  settleMs: 0,
  killsMost: 1,
  lifeMs: [150, 450],
  redisLifeMs: [150, 450],
  writersEach: 1,
  doneLeast: 12,
};

/** CloudSpend is asked for each of its budgets by itself, so few are written there. */
const pauseMsOf = (vendor: string | null, times: Times): number =>
  vendor === 'cloudspend' ? times.writeMs / 20 : vendor === 'cloudzero' ? 100 : 20;

const quotasSchema = z.object({
  data: z.array(
    z.object({
      connection: z.string(),
      quotas: z.array(z.object({ name: z.string(), spent: z.number(), limit: z.number() })),
    }),
  ),
});
const warmUp =
  '/v1/costs?granularity=monthly&start=2026-09-01&end=2026-11-01&connection=cloudzero&connection=cloudspend';

/** Months that only CloudZero is asked for, one after another. */
const readCosts = async (caller: Caller, goesOn: () => boolean): Promise<void> => {
  for (let month = 1; goesOn(); month = (month % 9) + 1) {
    const range = `start=2026-0${month}-01&end=2026-${String(month + 1).padStart(2, '0')}-01`;
    await caller.ask(caller.anyUrl(), 'GET', `/v1/costs?granularity=monthly&${range}&connection=cloudzero`);
    await caller.pause(300);
  }
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const killAgainAndAgain = async (
  mortals: Mortals,
  seed: string,
  times: Times,
  goesOn: () => boolean,
  done: () => number,
) => {
  let kills = 0;
  const killer = async (victim: number): Promise<void> => {
    for (let turn = 0; goesOn() && kills < times.killsMost; turn += 1) {
      const [least, most] = mortals.isRedis(victim) ? times.redisLifeMs : times.lifeMs;
      await pause(least + (most - least) * draw(seed, 'kill', victim, turn));
      while (times.killsMost === 1 && done() < times.doneLeast / 4 && goesOn()) await pause(5);
      if (!goesOn() || kills >= times.killsMost) return;
      kills += 1;
      await mortals.kill(victim);
    }
  };
  await Promise.all(Array.from({ length: mortals.victims }, (_, victim) => killer(victim)));
  return kills;
};

const spentIsKept = async (
  caller: Caller,
  vendors: VendorsProcess,
  most: { readonly tokens: number; readonly forgotten: number },
): Promise<Figure[]> => {
  const calls = await vendors.calls('cloudzero');
  const queries = calls.filter(({ path, query }) => path === '/v2/billing/costs' && !query.includes('cursor='));
  const reply = await caller.ask(caller.anyUrl(), 'GET', '/v1/providers');
  const { data } = quotasSchema.parse(JSON.parse(reply?.text ?? 'null'));
  const quota = data.find(({ connection }) => connection === 'cloudzero')?.quotas[0];
  const tokens = (await vendors.calls('cloudspend')).filter(({ path }) => path.startsWith('/oauth'));
  return [
    { name: 'cost queries', found: queries.length, most: quota?.limit ?? 0 },
    { name: 'cost queries that its quota forgot', found: queries.length - (quota?.spent ?? 0), most: most.forgotten },
    { name: 'token requests', found: tokens.length, most: most.tokens },
  ];
};

const campaign = async (title: string, seed: string, times: Times, replicas: number | null): Promise<Figure[]> => {
  const vendors = await startVendors({ elastic: 'no-budgets' });
  const mortals = await startMortals(vendors, seed, replicas, times.settleMs > 0);
  const history: History = { things: [], violations: [], attempts: 0 };
  let endMs = Number.POSITIVE_INFINITY;
  const done = (): number =>
    history.things.reduce((sum, { asked }) => sum + asked.filter(({ told }) => told === 'done').length, 0);
  const goesOn = (): boolean =>
    performance.now() < endMs || (done() < times.doneLeast && performance.now() < endMs + hangsMs);
  const caller = createCaller({ seed, history, urls: mortals.urls, untilMs: () => endMs + times.settleMs });
  try {
    // The first token and the first figures are there before anything is killed.
    await caller.ask(caller.anyUrl(), 'GET', warmUp);
    for (const vendor of ['cloudzero', 'cloudspend']) {
      await vendors.misbehave(vendor, [{ kind: 'latency', milliseconds: 15 }]);
    }
    endMs = performance.now() + times.writeMs;
    const writers = places.flatMap((place, at) =>
      Array.from({ length: place.vendor === 'cloudspend' ? 1 : times.writersEach }, (_, index) => {
        const name = `${title}-${at}-${index}`;
        return runWriter({ name, seed, place, caller, history, goesOn, pauseMs: pauseMsOf(place.vendor, times) });
      }),
    );
    const [kills] = await Promise.all([
      killAgainAndAgain(mortals, seed, times, goesOn, done),
      readCosts(caller, goesOn),
      ...writers,
    ]);
    // What was sent without a key is settled as well before it is counted.
    const openMs = endMs + times.settleMs - performance.now();
    if (openMs > 0 && times.settleMs > 0) await caller.pause(openMs);
    for (const url of mortals.urls()) await judgeGateway(history, caller, url);
    // An answer that was given while Redis was lost could not be recorded, and is made again of what was found.
    const repeated = await judgeRepeats(history, caller, replicas === null);
    const effects = await Promise.all(['cloudzero', 'cloudspend'].map((each) => judgeVendor(history, vendors, each)));
    // What a gateway draws while Redis is lost is in its memory only, and so is a token; it may be killed before it can
    // write either down. The limits themselves are kept.
    const most = replicas === null ? { tokens: 1, forgotten: 0 } : { tokens: 5, forgotten: kills };
    const kept = await spentIsKept(caller, vendors, most);
    const asked = history.things.flatMap((thing) => thing.asked);
    const open = asked.filter(({ key, told }) => key !== null && told === 'unanswered').length;
    for (const violation of history.violations.slice(0, 20)) process.stderr.write(`${title}: ${violation}\n`);
    return [
      { name: 'kills', found: kills, least: 1 },
      { name: 'writes', found: asked.length, least: 1 },
      { name: 'attempts', found: history.attempts, least: asked.length },
      { name: 'writes told as done', found: asked.filter(({ told }) => told === 'done').length, least: 1 },
      { name: 'repeated at the end', found: repeated, least: 1 },
      { name: 'writes with a key and no answer at last', found: open, most: times.settleMs > 0 ? 0 : asked.length },
      { name: 'effects of one write', found: Math.max(...effects), most: 1 },
      ...kept,
      { name: 'violations', found: history.violations.length, most: 0 },
    ].map((figure) => ({ ...figure, name: `${title}: ${figure.name}` }));
  } finally {
    await mortals.close();
    await vendors.close();
  }
};

export const killOfFolder = ({ seed, short: isShort }: Plan): Promise<Figure[]> =>
  campaign('folder', seed, isShort ? short : long, null);
export const killOfRedis = async ({ seed, short: isShort }: Plan): Promise<Figure[]> =>
  redisAbsence === null ? campaign('redis', seed, isShort ? short : long, 2) : [];

/** Both at the same time. */
export const kill = async (plan: Plan): Promise<Figure[]> =>
  (await Promise.all([killOfFolder(plan), killOfRedis(plan)])).flat();
