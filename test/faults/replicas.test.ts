import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type RedisServer, redisAbsence, startRedisServer } from '../support/redis-server.ts';
import { callersOf, type GatewayProcess, startGateway } from '../support/whole-app/gateway-process.ts';
import { startVendors, type VendorsProcess } from '../support/whole-app/vendors.ts';

const pageSchema = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  page: z.object({ nextCursor: z.string().nullable() }),
});
type Page = z.output<typeof pageSchema>;

const key = 'k'.repeat(40);
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
const environment = callersOf([{ name: 'dashboard', key, scopes: ['read', 'write'] }]);

let vendors: VendorsProcess;
beforeAll(async () => {
  vendors = await startVendors();
});
afterAll(() => vendors.close());

const start = (more: Record<string, string>): Promise<GatewayProcess> =>
  startGateway({ file: { connections: vendors.connections }, environment: { ...environment, ...more } });

const pageOf = async ({ url }: GatewayProcess, path: string): Promise<Page> => {
  const answer = await fetch(`${url}${path}`, { headers });
  const text = await answer.text();
  expect([answer.status, text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return pageSchema.parse(JSON.parse(text));
};
const costs = '/v1/costs?groupBy=provider,service&start=2026-10-01&end=2026-10-25&limit=100';

/** All items, each page from the next of these gateways. */
const walk = async (gateways: readonly GatewayProcess[], path: string): Promise<Page['data']> => {
  const items: Page['data'] = [];
  let next: string | null = path;
  for (let turn = 0; next !== null; turn += 1) {
    const gateway = gateways[turn % gateways.length];
    if (gateway === undefined) throw new TypeError('there is a gateway');
    const { data, page }: Page = await pageOf(gateway, next);
    items.push(...data);
    const [base] = path.split('?');
    next = page.nextCursor === null ? null : `${base}?limit=100&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  return items;
};

const budget = (name: string, connection = 'elastic') => ({
  connection,
  name,
  period: 'monthly',
  limit: { amount: '1000', currency: 'USD' },
});
const create = async ({ url }: GatewayProcess, body: object): Promise<string> => {
  const answer = await fetch(`${url}/v1/budgets`, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  expect([answer.status, text]).toEqual([201, expect.any(String)]);
  return z.object({ data: z.object({ id: z.string() }) }).parse(JSON.parse(text)).data.id;
};

test('a cursor outlives a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const before = await start({ DATA_DIR: folder });
  onTestFinished(() => before.close());
  const all = (await pageOf(before, costs.replace('limit=100', 'limit=1000'))).data;
  expect(all.length).toBeGreaterThan(300);
  const first = await pageOf(before, costs);
  // Pages are stored behind the answer, and a process that is told to end waits for that.
  before.kill('SIGTERM');
  await before.ended;
  const after = await start({ DATA_DIR: folder });
  onTestFinished(() => after.close());
  const more = await walk([after], `/v1/costs?limit=100&cursor=${encodeURIComponent(first.page.nextCursor ?? '')}`);
  expect([...first.data, ...more]).toEqual(all);
});

describe.skipIf(redisAbsence !== null)('two replicas with one Redis', () => {
  let redis: RedisServer;
  let one: GatewayProcess;
  let other: GatewayProcess;
  beforeAll(async () => {
    redis = await startRedisServer();
    const shared = { REDIS_URL: redis.url, REPLICAS: '2' };
    [one, other] = await Promise.all([start(shared), start(shared)]);
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
    await redis.close();
  });

  test('share cursors: pages from either are pages of one answer, also when the data changes meanwhile', async () => {
    const all = (await pageOf(one, costs.replace('limit=100', 'limit=1000'))).data;
    expect(await walk([one, other], costs)).toEqual(all);
    expect(await walk([other, one], costs)).toEqual(all);

    const before = await pageOf(one, '/v1/budgets?limit=1');
    await create(one, budget('Made between two pages'));
    const second = await pageOf(
      other,
      `/v1/budgets?limit=100&cursor=${encodeURIComponent(before.page.nextCursor ?? '')}`,
    );
    const names = [...before.data, ...second.data].map(({ name }) => name);
    expect(names.length).toBeGreaterThan(3);
    expect(names).not.toContain('Made between two pages');
  });

  test('have a budget in their lists as soon as its creation is answered, whichever is asked', async () => {
    const listed = async (gateway: GatewayProcess) =>
      (await pageOf(gateway, '/v1/budgets?limit=1000')).data.map(({ id }) => id);
    for (let turn = 0; turn < 6; turn += 1) {
      const [here, there] = turn % 2 === 0 ? [one, other] : [other, one];
      // Both hold a finished answer from before.
      await Promise.all([listed(here), listed(there)]);
      const id = await create(here, budget(`Number ${turn}`));
      expect(await listed(there)).toContain(id);
      expect(await listed(here)).toContain(id);
    }
  });
});
