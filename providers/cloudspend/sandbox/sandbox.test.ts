import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays } from '../../../src/domain/day.ts';
import { decimalText } from '../../../src/domain/decimal.ts';
import { parseLosslessly } from '../../../src/vendor/kit/lossless-json.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { costAccounts } from './estate.ts';
import { startCloudspendSandbox } from './sandbox.ts';
import { amount, analytics, type Client, clientOf, jsonString, range, sankeySchema } from './test-client.ts';

const clock = new VirtualClock();
let sandbox: RunningSandbox;
let client: Client;
beforeAll(async () => {
  sandbox = await startCloudspendSandbox({ clock });
  client = await clientOf(sandbox, parseLosslessly);
});
afterAll(() => sandbox.close());

describe('the world', () => {
  test('is the same for the same seed, another for another, and ends today', async () => {
    const other = await startCloudspendSandbox({ clock, seed: 'other' });
    const same = await startCloudspendSandbox({ clock });
    const expected = await client.sankeyTotal();
    expect(await (await clientOf(same, parseLosslessly)).sankeyTotal()).toBe(expected);
    expect(await (await clientOf(other, parseLosslessly)).sankeyTotal()).not.toBe(expected);
    await Promise.all([same.close(), other.close()]);
    const tomorrow = addDays(clock.today(), 1);
    const { data } = await client.read(
      sankeySchema,
      `cost/sankey_chart_data?${jsonString({ start_date: tomorrow, end_date: tomorrow })}`,
    );
    expect(data).toEqual([]);
  });
});

describe('what is refused', () => {
  test.each([
    ['a parameter that is no JSON', 'cost/sankey_chart_data?JSONString=[]'],
    [
      'dates in the wrong order',
      `cost/sankey_chart_data?${jsonString({ start_date: '2026-02-01', end_date: '2026-01-01' })}`,
    ],
    [
      'a day that is none',
      `cost/sankey_chart_data?${jsonString({ start_date: '2026-02-30', end_date: '2026-03-01' })}`,
    ],
    ['an unknown type', 'cost/budget/dashboard?type=9&account_type=0'],
    ['a grouping that is none', `cost/cloud_group_by_entities?${jsonString(range)}`],
  ])('%s', async (_name, path) => {
    expect((await client.call(path)).status).toBe(400);
  });

  test.each([
    ['the cost type of another cloud', { cost_type: 20 }],
    [
      'an unknown billing account',
      { accounts: [{ cost_account_id: costAccounts[0]?.id, billing_account_ids: ['1'] }] },
    ],
    [
      'the parent among its children',
      { accounts: [{ cost_account_id: costAccounts[0]?.id, billing_account_ids: [costAccounts[0]?.id] }] },
    ],
  ])('%s', async (_name, more) => {
    expect((await client.call('cost/custom_report/trend_box', analytics(0, more))).status).toBe(400);
  });

  test('a missing token, in the words of the vendor', async () => {
    const answer = await fetch(`${sandbox.url}/cs/api/cost/display_currency`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ message: 'Unauthorized', code: 401 });
  });

  test('an unknown path and an unknown budget', async () => {
    expect((await client.call('cost/nowhere')).status).toBe(404);
    expect((await client.call('cost/budget/budget_info/999')).json).toMatchObject({ code: 404 });
  });
});

test('a budget and a rate that are added are there', async () => {
  const policy = await client.read(z.object({ policy_id: z.string() }), 'cost/budget/budget_policy', {
    account_type: 0,
    account_id: costAccounts[0]?.id,
    policy_type: 0,
    cost_type: 1,
    policy_name: 'new',
    budget_tags: [],
  });
  const { budget_id } = await client.read(z.object({ budget_id: z.string() }), 'cost/budget/budget_details', {
    budget_name: 'New',
    period: 'Monthly',
    policy_id: policy.policy_id,
    policy_account_type: 0,
    budget_value: 5000.25,
    unit: 1,
    unit_type: 1,
    unit_code: 'USD',
    trend: 0,
    checks_type: 1,
    alert_configs: [{ notify_percentage: 90 }],
    contact_type: 1,
    contact_ids: ['53565000000014003'],
  });
  const { info } = await client.read(
    z.object({ info: z.object({ budgeted: amount }) }),
    `cost/budget/budget_info/${budget_id}`,
  );
  expect(decimalText(info.budgeted)).toBe('5000.25');
  await client.read(z.object({ status: z.literal('success') }), 'cost/exchange_rate', {
    month: '11-2026',
    values: [{ base_currency: 'ARS', display_currency: 'USD', exchange_rate_input: 0.001 }],
  });
  const [latest] = await client.read(
    z.array(
      z.object({
        month: z.string(),
        values: z.array(z.object({ base_currency: z.string(), is_exchange_rate_input: z.boolean() })),
      }),
    ),
    'cost/exchange_rates',
  );
  expect(latest).toMatchObject({
    month: 'Nov 2026',
    values: expect.arrayContaining([{ base_currency: 'ARS', is_exchange_rate_input: true }]),
  });
});
