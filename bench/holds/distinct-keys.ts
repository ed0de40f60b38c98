import { callersOf, startGateway } from '../../test/support/whole-app/gateway-process.ts';
import { residentBytes } from '../../test/support/whole-app/memory.ts';
import type { Figure } from '../chaos/figure.ts';
import type { Plan } from '../chaos/plan.ts';

/**
 * Many questions of which no two are equal, so that nothing kept is of use. One process as `npm start` runs it: keys,
 * shedding, SQLite, and its sandboxes, which a few months are read of.
 */

const callersAtOnce = 8;
const key = 'd'.repeat(40);
const headers = { authorization: `Bearer ${key}` };
const orders = ['start', '-cost', 'cost'];
const groups = [
  'account,category,resource',
  'account,service,resource',
  'service,category,resource',
  'category,resource',
  'service,resource',
];
const limitsFrom = 1000;

/** So that a short run does not take garbage for what is kept. */
const tightHeap = ['--max-old-space-size=96', '--max-semi-space-size=2'];

/** The costs of a few months of this year, in many shapes and orders; 15,000 for each month. */
const questionOf = (index: number, months: number): string => {
  const [first, shape] = [index % months, Math.floor(index / months)];
  const [order, others] = [orders[shape % orders.length], Math.floor(shape / orders.length)];
  const [group, limit] = [groups[others % groups.length], limitsFrom - Math.floor(others / groups.length)];
  const range = `start=2026-0${1 + first}-01&end=2026-0${2 + first}-01`;
  return `/v1/costs?granularity=monthly&connection=elastic&${range}&sort=${order}&groupBy=${group}&limit=${limit}`;
};

export const distinctKeys = async ({ short }: Pick<Plan, 'short'>): Promise<Figure[]> => {
  const boundBytes = short ? 16_000_000 : 64_000_000;
  const questions = short ? 500 : 100_000;
  const warmUp = short ? 250 : 5_000;
  const months = short ? 2 : 8;
  const gateway = await startGateway({
    nodeOptions: short ? tightHeap : [],
    environment: {
      ...callersOf([{ name: 'curious', key, scopes: ['read', 'admin'] }]),
      CACHE_MAX_BYTES: String(boundBytes),
      RATE_LIMIT_MAX: '10000000',
    },
  });
  let asked = 0;
  let failed = 0;
  let answeredBytes = 0;
  let fullMost = 0;
  let residentMost = 0;
  /** How full the fullest of the caches is, as a part of its own bound. */
  const fullness = async (): Promise<number> => {
    const text = await (await fetch(`${gateway.url}/metrics`, { headers })).text();
    const sizes = new Map(
      [...text.matchAll(/^cost_gateway_cache_bytes(_max)?\{cache="(\w+)"\} (\d+)$/gm)].map(
        ([, max = '', name, bytes]) => [`${name}${max}`, Number(bytes)],
      ),
    );
    const parts = [...sizes].map(([name, bytes]) => bytes / (sizes.get(`${name}_max`) ?? Number.POSITIVE_INFINITY));
    return Math.max(...parts);
  };
  const look = async (): Promise<void> => {
    residentMost = Math.max(residentMost, await residentBytes(gateway.pid));
    fullMost = Math.max(fullMost, await fullness());
  };
  const askUntil = async (end: number): Promise<void> => {
    const caller = async (): Promise<void> => {
      while (asked < end) {
        asked += 1;
        const own = asked;
        const answer = await fetch(`${gateway.url}${questionOf(own, months)}`, { headers });
        const { byteLength } = await answer.arrayBuffer();
        answeredBytes += byteLength;
        if (answer.status !== 200) failed += 1;
        if (own % (questions / 10) === 0) await look();
      }
    };
    await Promise.all(Array.from({ length: callersAtOnce }, caller));
  };
  let base = 0;
  try {
    await askUntil(warmUp);
    base = await residentBytes(gateway.pid);
    residentMost = 0;
    await askUntil(questions);
    await look();
  } finally {
    await gateway.close();
  }
  return [
    { name: 'distinct questions that were not answered', found: failed, most: 0 },
    { name: 'answers, times the bound of memory for finished ones', found: answeredBytes / (boundBytes / 8), least: 2 },
    { name: 'the fullest cache, times its bound', found: fullMost, most: 1 },
    { name: 'the same, without which nothing was bounded', found: fullMost, least: 0.9 },
    {
      name: 'resident memory over that of the warm gateway, times the bound',
      found: (residentMost - base) / boundBytes,
      most: 1.5,
    },
  ];
};
