import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/domain/clock.ts';
import { addMonths } from '../../src/domain/day.ts';
import { callersOf, type GatewayProcess, startGateway } from '../support/whole-app/gateway-process.ts';
import { startVendors, type VendorsProcess } from '../support/whole-app/vendors.ts';

/**
 * One caller who asks for every group of nine months; `npm run chaos slices` asks for three years. The gateway and the
 * vendors are processes of their own, the store is SQLite, callers have keys, and the shedder is on.
 */
const keys = { greedy: 'g'.repeat(40), other: 'o'.repeat(40) };
type Who = keyof typeof keys;

const today = systemClock.today();
const range = `start=${addMonths(today, -9)}&end=${today}&provider=cloudzero`;
const largest = `/v1/costs?${range}&groupBy=account,service,region,category,resource`;
const small = `/v1/costs?${range}&groupBy=service&granularity=total`;

const problemSchema = z.object({ type: z.string(), detail: z.string() });

let vendors: VendorsProcess;
let gateway: GatewayProcess;
beforeAll(async () => {
  vendors = await startVendors();
  const callers = Object.entries(keys).map(([name, key]) => ({ name, key, scopes: ['read'] }));
  gateway = await startGateway({
    file: { connections: vendors.connections },
    environment: { ...callersOf(callers), REQUEST_DEADLINE: '60s' },
  });
  for (const path of [largest, small]) expect((await ask('greedy', path)).status).toBe(200);
}, 60_000);
afterAll(async () => {
  await gateway.close();
  await vendors.close();
});

const ask = (who: Who, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${keys[who]}`, ...headers } });

/** How often each path was answered with a 200 while the work ran. */
const answeredDuring = async (work: Promise<unknown>, paths: readonly string[]): Promise<number[]> => {
  let isDone = false;
  const ended = work.finally(() => {
    isDone = true;
  });
  const counts = paths.map(async (path) => {
    let count = 0;
    while (!isDone) {
      const answer = await ask('other', path);
      await answer.arrayBuffer();
      if (!isDone && answer.status === 200) count += 1;
    }
    return count;
  });
  await ended;
  return Promise.all(counts);
};

describe('while a greedy caller has the largest question answered', () => {
  test('health and cached reads of another caller are answered between its turns', async () => {
    const work = ask('greedy', `${largest}&sort=-cost`).then(async (answer) => {
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
    });
    const counts = await answeredDuring(work, ['/health/live', small]);
    for (const count of counts) expect(count).toBeGreaterThanOrEqual(10);
  });

  test('a request with a deadline gets its 504 then, and not when the work would have ended', async () => {
    const order: string[] = [];
    const long = ask('greedy', `${largest}&sort=cost`).then(async (answer) => {
      await answer.arrayBuffer();
      order.push(`${answer.status}`);
    });
    const late = ask('other', `${largest}&top=900`, { 'x-deadline-ms': '50' }).then(async (answer) => {
      const { type } = problemSchema.parse(await answer.json());
      order.push(`${answer.status} ${type}`);
    });
    await Promise.all([long, late]);
    expect(order).toEqual(['504 /problems/deadline-exceeded', '200']);
  });
});
