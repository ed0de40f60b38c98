import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createClient } from '../../openapi/client/index.ts';
import { root } from '../architecture/tree.ts';
import { costsOf, type queryOf } from '../support/answers.ts';
import type { RunningApp } from '../support/app.ts';
import { startLiveGateway } from './live-gateway.ts';

const change = z.object({ ratio: z.number().optional(), amount: z.number() });
const cost = z.object({
  id: z.string(),
  aggregation: z.array(z.object({ date: z.string(), amount: z.number() })),
  change,
  groupedCosts: z.record(z.string(), z.array(z.unknown())).optional(),
});
const entity = z.object({
  id: z.string().nullable(),
  aggregation: z.tuple([z.number(), z.number()]),
  entities: z.record(z.string(), z.array(z.unknown())),
  change,
});

let app: RunningApp;
let insights: Record<string, (...words: unknown[]) => Promise<unknown>>;
let module: Record<string, unknown>;
beforeAll(async () => {
  app = await startLiveGateway();
  const baseUrl = await app.server.listen({ host: '127.0.0.1', port: 0 });
  // By a path that only running it tells: what it imports is there when it is installed.
  module = await import(join(root, 'examples/backstage-cost-insights.ts'));
  const { GatewayCostInsights } = module;
  if (typeof GatewayCostInsights !== 'function') throw new TypeError('there is no adapter');
  insights = Reflect.construct(GatewayCostInsights, [
    {
      gateway: createClient({ baseUrl }),
      currency: 'USD',
      groupsOf: async (userId: string) => [{ id: `group-of-${userId}` }],
      tagsOf: () => [],
    },
  ]);
});
afterAll(() => app.close());

const ask = async (name: string, ...words: unknown[]): Promise<unknown> => {
  const method = insights[name];
  if (method === undefined) throw new TypeError(`there is no ${name}`);
  return method.apply(insights, words);
};
const totalOf = async (asked: Parameters<typeof queryOf>[0]): Promise<number> => {
  const { totals } = await costsOf(app, { granularity: 'total', currency: 'USD', ...asked });
  return Number(totals[0]?.amount ?? 0);
};
const sum = (amounts: readonly number[]): number => amounts.reduce((whole, each) => whole + each, 0);

describe('Cost Insights', () => {
  it('learns the last day that everybody has reported', async () => {
    expect(await ask('getGroupDailyCost', 'all', 'R2/P7D/2026-11-19')).toBeTruthy();
    expect(await ask('getLastCompleteBillingDate')).toMatch(/^2026-11-1\d$/);
  });

  it.each([
    ['R2/P30D/2026-11-01', '2026-09-02', '2026-10-02', 60],
    ['R2/P3M/2026-11-01', '2026-05-01', '2026-08-01', 184],
  ])('gets each day of %s, and the change from one period to the next', async (intervals, start, middle, days) => {
    const answer = cost.parse(await ask('getGroupDailyCost', 'all', intervals));
    expect(answer.aggregation).toHaveLength(days);
    expect(answer.aggregation.map(({ date }) => date)).toEqual([...answer.aggregation.map(({ date }) => date)].sort());
    const before = await totalOf({ start, end: middle });
    const after = await totalOf({ start: middle, end: '2026-11-01' });
    expect(sum(answer.aggregation.map(({ amount }) => amount))).toBeCloseTo(before + after, 4);
    expect(answer.change.amount).toBeCloseTo(after - before, 4);
    expect(answer.change.ratio).toBeCloseTo((after - before) / before, 6);
  });

  it('gets the parts of a group, which make the whole', async () => {
    const answer = cost.parse(await ask('getGroupDailyCost', 'all', 'R2/P7D/2026-11-15'));
    const parts = z.array(cost).parse(answer.groupedCosts?.product);
    expect(parts.length).toBeGreaterThan(3);
    const amounts = parts.flatMap(({ aggregation }) => aggregation.map(({ amount }) => amount));
    expect(sum(amounts)).toBeCloseTo(sum(answer.aggregation.map(({ amount }) => amount)), 4);
  });

  it('gets the projects of a group, and the cost of each', async () => {
    const projects = z
      .array(z.object({ id: z.string(), name: z.string() }))
      .parse(await ask('getGroupProjects', 'all'));
    expect(projects.length).toBeGreaterThan(3);
    const { data } = await costsOf(app, {
      start: '2026-10-18',
      end: '2026-11-01',
      granularity: 'total',
      groupBy: 'account',
    });
    const account = data.find(({ group }) => group.account !== null)?.group.account ?? '';
    const answer = cost.parse(await ask('getProjectDailyCost', account, 'R2/P7D/2026-11-01'));
    const whole = await totalOf({ start: '2026-10-18', end: '2026-11-01', account });
    expect(sum(answer.aggregation.map(({ amount }) => amount))).toBeCloseTo(whole, 4);
  });

  it('gets a product by account', async () => {
    const { data } = await costsOf(app, {
      start: '2026-10-01',
      end: '2026-11-01',
      granularity: 'total',
      groupBy: 'service',
      sort: '-cost',
    });
    const product = data[0]?.group.service ?? '';
    const options = { product, group: 'all', intervals: 'R2/P30D/2026-11-01', project: null };
    const answer = entity.parse(await ask('getProductInsights', options));
    const [before, after] = answer.aggregation;
    expect(after).toBeCloseTo(await totalOf({ start: '2026-10-02', end: '2026-11-01', service: product }), 4);
    expect(before).toBeCloseTo(await totalOf({ start: '2026-09-02', end: '2026-10-02', service: product }), 4);
    const parts = z.array(entity).parse(answer.entities.account);
    expect(sum(parts.map(({ aggregation }) => aggregation[1]))).toBeCloseTo(after, 4);
  });

  it('is refused what is not there, rather than shown less', async () => {
    await expect(ask('getGroupDailyCost', 'all', 'R2/P7D/yesterday')).rejects.toThrow('no repeating interval');
    await expect(ask('getDailyMetricData', 'DAU', 'R2/P7D/2026-11-01')).rejects.toThrow('no metric DAU');
    app.sandboxes.elastic?.faults.set([{ kind: 'status', status: 503 }]);
    await expect(ask('getGroupDailyCost', 'all', 'R2/P7D/2024-06-01')).rejects.toThrow();
  });

  it('asks who somebody is elsewhere, and has no alerts of its own', async () => {
    expect(await ask('getUserGroups', 'ada')).toEqual([{ id: 'group-of-ada' }]);
    expect(await ask('getAlerts', 'all')).toEqual([]);
  });
});
