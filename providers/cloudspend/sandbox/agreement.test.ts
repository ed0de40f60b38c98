import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decimal, decimalText, subtract } from '../../../src/domain/decimal.ts';
import { parseLosslessly } from '../../../src/vendor/kit/lossless-json.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { startCloudspendSandbox } from './sandbox.ts';
import {
  amount,
  analytics,
  type Client,
  clientOf,
  jsonString,
  pairs,
  pairTotal,
  range,
  sankeySchema,
  total,
} from './test-client.ts';

const clock = new VirtualClock();
let sandbox: RunningSandbox;
let client: Client;
beforeAll(async () => {
  sandbox = await startCloudspendSandbox({ clock });
  client = await clientOf(sandbox, parseLosslessly);
});
afterAll(() => sandbox.close());

describe('all endpoints agree', () => {
  test('the widgets of a cloud, by every dimension', async () => {
    for (const [index, cloud] of [
      [2, 'AZURE'],
      [3, 'GCP'],
    ] as const) {
      const expected = await client.sankeyTotal(cloud);
      const widgets = await client.read(
        z.object({
          return_data: z.object({
            '0': pairs,
            '1': pairs,
            '2': pairs,
            '3': z.array(z.object({ name: z.string(), value: amount })),
          }),
        }),
        'cost/custom_report/common_widget_api',
        analytics(index),
      );
      const { '0': region, '1': service, '2': transfer, '3': component } = widgets.return_data;
      for (const rows of [service, transfer]) expect(pairTotal(rows)).toBe(expected);
      expect(region.map(([name]) => name)).not.toContain('');
      expect(total(component.map((each) => each.value))).toBe(expected);
      const split = await client.read(
        z.object({ return_data: pairs }),
        'cost/custom_report/accounts_splitup',
        analytics(index),
      );
      expect(pairTotal(split.return_data)).toBe(expected);
    }
  });

  test('the totals, the overview and the bills', async () => {
    const expected = await client.sankeyTotal();
    const overall = await client.read(
      z.object({
        overall_data: z.object({ total_cost: amount }),
        cloud_level_data: z.array(z.object({ total_cost: amount })),
      }),
      `cost/custom_report/cloud_overallcost?${jsonString(range)}`,
    );
    expect(decimalText(overall.overall_data.total_cost)).toBe(expected);
    expect(total(overall.cloud_level_data.map((each) => each.total_cost))).toBe(expected);
    const overview = await client.read(z.object({ previous_month_total: amount }), 'cost/budget/accounts');
    expect(decimalText(overview.previous_month_total)).toBe(expected);
    const bills = await client.read(
      z.object({ data: z.array(z.object({ cost: amount })) }),
      'cost/bills?start_date=2026-10-01&end_date=2026-10-31',
    );
    expect(total(bills.data.map((each) => each.cost))).toBe(expected);
  });

  test('daily and monthly points', async () => {
    const schema = z.object({
      return_data: z.object({
        mode: z.number(),
        values: z.record(z.string(), z.object({ chart_data: pairs })),
      }),
    });
    const group = async (more: Record<string, unknown>) => {
      const { return_data } = await client.read(schema, 'cost/cost_centers/group_by_property', analytics(3, more));
      const points = Object.values(return_data.values).flatMap((each) => each.chart_data);
      return { mode: return_data.mode, total: pairTotal(points), stamps: new Set(points.map(([stamp]) => stamp)) };
    };
    const daily = await group({ group_by_type: 'region' });
    const monthly = await group({ group_by_type: 'service', end_date: '2026-11-01' });
    const rest = await group({ group_by_type: 'service', start_date: '2026-11-01', end_date: '2026-11-01' });
    expect([daily.mode, daily.stamps.size]).toEqual([0, 31]);
    expect([monthly.mode, [...monthly.stamps].sort()]).toEqual([
      1,
      ['2026-10-01T00:00:00+0530', '2026-11-01T00:00:00+0530'],
    ]);
    expect(total([decimal(daily.total), decimal(rest.total)])).toBe(monthly.total);
  });

  test('the budgets, whose remaining is reversed and whose percentage is capped', async () => {
    const dashboard = await client.read(
      z.array(
        z.object({
          budget_id: z.string(),
          budget_value: amount,
          spending: amount,
          remaining: amount,
          percent: z.number(),
        }),
      ),
      'cost/budget/dashboard?type=1&account_type=0',
    );
    for (const budget of dashboard) {
      expect(decimalText(budget.remaining)).toBe(decimalText(subtract(budget.spending, budget.budget_value)));
    }
    expect(dashboard.map((budget) => [budget.budget_id, budget.percent])).toMatchObject([
      ['72', 100],
      ['73', expect.toSatisfy((percent: number) => percent >= 83 && percent <= 100)],
      ['74', expect.toSatisfy((percent: number) => percent < 20)],
    ]);
    const overview = await client.read(
      z.object({
        all_accounts: z.object({ processed_accounts: z.record(z.string(), z.object({ total_current_month: amount })) }),
      }),
      'cost/budget/accounts',
    );
    const retail = overview.all_accounts.processed_accounts['33240000000059001'];
    expect(retail?.total_current_month).toEqual(dashboard[0]?.spending);
    const history = await client.read(
      z.object({ return_data: z.array(z.object({ usage_val: amount })) }),
      'cost/budget/budget_history/72',
    );
    expect(history.return_data).toHaveLength(6);
    expect(history.return_data[5]?.usage_val).toEqual(dashboard[0]?.spending);
  });

  test('an anomaly is the figure of its day', async () => {
    const dates = 'start_date=2026-06-01&end_date=2026-11-20';
    const list = await client.read(
      z.object({
        anomalies: z.record(
          z.string(),
          z.object({ anomaly_name: z.string(), cloud_type: z.number(), detected_time: z.string() }),
        ),
      }),
      `reports/anomaly/summary/list?status=open&category=2&${dates}`,
    );
    // AWS has two cost accounts, the others have one each.
    const found = Object.entries(list.anomalies).find(([, each]) => each.cloud_type !== 0);
    const [id, watched] = found ?? ['', { anomaly_name: '', detected_time: '0', cloud_type: 0 }];
    const day = new Date(Number(watched.detected_time)).toISOString().slice(0, 10);
    const { info } = await client.read(
      z.object({ info: z.object({ value: amount, deviation_percent: amount, anomaly_status: z.literal('OPEN') }) }),
      `reports/anomaly/summary/list/details/meta?anomaly_id=${id}&detected_time=${watched.detected_time}`,
    );
    const { data } = await client.read(
      sankeySchema,
      `cost/sankey_chart_data?${jsonString({ start_date: day, end_date: day })}`,
    );
    const rows = data.filter(
      (row) => row[0] === ['AWS', 'AZURE', 'GCP'][watched.cloud_type] && row[3] === watched.anomaly_name,
    );
    expect(decimalText(info.value)).toBe(total(rows.map((row) => row[4])));
    for (const path of [`rca?anomaly_id=${id}&detected_time=${watched.detected_time}`]) {
      expect((await client.call(`reports/anomaly/summary/list/details/${path}`)).status).toBe(200);
    }
    for (const path of ['chart', 'similar', 'data']) {
      expect((await client.call(`reports/anomaly/summary/list/${path}?anomaly_id=${id}&${dates}`)).status).toBe(200);
    }
  });
});
