import { draw } from '../../src/vendor/sandbox/world.ts';
import { redisAbsence, startRedisServer } from '../../test/support/redis-server.ts';
import { startGateway } from '../../test/support/whole-app/gateway-process.ts';
import { startVendors, type VendorsProcess } from '../../test/support/whole-app/vendors.ts';
import type { Figure } from '../chaos/figure.ts';
import type { Plan } from '../chaos/plan.ts';

/**
 * A run of two gateway processes over a real Redis that loses all it holds, by FLUSHALL and by a restart, while both are
 * read from. The vendors are a process of their own. No authentication.
 */
const months = Array.from({ length: 24 }, (_, index) => {
  const start = new Date(Date.UTC(2026, 9 - index, 1)).toISOString().slice(0, 10);
  const end = new Date(Date.UTC(2026, 10 - index, 1)).toISOString().slice(0, 10);
  return `granularity=monthly&start=${start}&end=${end}`;
});
const vendorsRead = ['elastic', 'cloudspend'] as const;
/** Elastic is asked once for a month, CloudSpend twice. */
const callsOfQuestion = 3;
const pauseMs = 40;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** With every fill CloudSpend is asked which currency its figures are in. */
const besides = /\/oauth|\/display_currency$/;

/** How often figures were asked for in the same words, since the counts before. */
const callsSince = async (vendors: VendorsProcess, before: Readonly<Record<string, number>>): Promise<number[]> => {
  const counts = new Map<string, number>();
  for (const vendor of vendorsRead) {
    for (const { method, path, query } of (await vendors.calls(vendor)).slice(before[vendor] ?? 0)) {
      if (besides.test(path)) continue;
      const key = `${method} ${path}?${query}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts.values()];
};
const counted = async (vendors: VendorsProcess): Promise<Record<string, number>> =>
  Object.fromEntries(
    await Promise.all(vendorsRead.map(async (vendor) => [vendor, (await vendors.calls(vendor)).length] as const)),
  );

export const emptied = async ({ seed, short }: Plan): Promise<Figure[]> => {
  if (redisAbsence !== null) return [];
  const vendors = await startVendors();
  const redis = await startRedisServer();
  const environment = { REDIS_URL: redis.url, REPLICAS: '2', RATE_LIMIT_MAX: '1000000' };
  const start = () => startGateway({ file: { connections: vendors.connections }, environment });
  const gateways = await Promise.all([start(), start()]);
  const refused: string[] = [];
  let reads = 0;
  const read = async (question: string | undefined, at: number): Promise<void> => {
    const answer = await fetch(
      `${gateways[at % 2]?.url}/v1/costs?${question}&connection=elastic&connection=cloudspend`,
    );
    const text = await answer.text();
    reads += 1;
    if (answer.status !== 200 || !text.includes('"complete":true'))
      refused.push(`${answer.status} ${text.slice(-400)}`);
  };
  const load = async (among: readonly string[], goesOn: () => boolean): Promise<void> => {
    for (let turn = 0; goesOn(); turn += 1) {
      const question = among[Math.floor(among.length * draw(seed, 'question', turn))];
      // Both replicas are asked the same at once.
      await Promise.all([read(question, 0), read(question, 1)]);
      await pause(pauseMs);
    }
  };
  /** Reads known and new months while the store loses everything; resolves with the calls for each. */
  const lose = async (
    known: readonly string[],
    fresh: readonly string[],
    by: () => Promise<void>,
  ): Promise<number[]> => {
    const before = await counted(vendors);
    let over = false;
    const loading = load([...known, ...fresh], () => !over);
    await pause(200);
    await by();
    await pause(short ? 1_500 : 6_000);
    over = true;
    await loading;
    return callsSince(vendors, before);
  };
  try {
    await read(months[0], 0);
    for (const vendor of vendorsRead) await vendors.misbehave(vendor, [{ kind: 'latency', milliseconds: 30 }]);
    const size = short ? 4 : 8;
    const warm = months.slice(0, size);
    for (const question of warm) await Promise.all([read(question, 0), read(question, 1)]);
    const flushed = await lose(warm, months.slice(size, 2 * size), async () => void (await redis.command('FLUSHALL')));
    const restarted = await lose(months.slice(0, 2 * size), months.slice(2 * size), async () => {
      await redis.kill();
      await redis.restart();
    });
    const tokens = (await vendors.calls('cloudspend')).filter(({ path }) => path.startsWith('/oauth'));
    for (const each of refused.slice(0, 5)) process.stderr.write(`emptied: ${each}\n`);
    return [
      { name: 'emptied: reads', found: reads, least: 10 },
      { name: 'emptied: reads that failed or were incomplete', found: refused.length, most: 0 },
      // What is being fetched when its claim is lost may be fetched by the other as well: the calls of one question.
      { name: 'emptied by FLUSHALL: calls for one key', found: Math.max(0, ...flushed), most: 2 },
      {
        name: 'emptied by FLUSHALL: keys with a second call',
        found: flushed.filter((calls) => calls > 1).length,
        most: callsOfQuestion,
      },
      // While Redis is gone each of the two fetches for itself.
      { name: 'emptied by a restart: calls for one key', found: Math.max(0, ...restarted), most: 2 },
      { name: 'emptied: token requests', found: tokens.length, most: 1 },
    ];
  } finally {
    for (const gateway of gateways) await gateway.close();
    await redis.close();
    await vendors.close();
  }
};
