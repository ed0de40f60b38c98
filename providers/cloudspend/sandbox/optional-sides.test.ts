import { afterEach, describe, expect, test } from 'vitest';
import { decimal, decimalText, sum } from '../../../src/domain/decimal.ts';
import type { CostReading } from '../../../src/vendor/kit/index.ts';
import { fillCube, openSandbox, type SandboxRig } from '../../../test/support/cloudspend-rig.ts';

let rig: SandboxRig;
afterEach(() => rig.close());

const totalOf = ({ items }: CostReading): string => decimalText(sum(items.map(({ amount }) => decimal(amount))));
const both = async <Result>(read: (rig: SandboxRig) => Promise<Result>) => {
  rig = await openSandbox();
  const plain = await read(rig);
  await rig.close();
  rig = await openSandbox('sparse');
  return { plain, sparse: await read(rig) };
};

describe('a vendor that leaves out what it need not send, with amounts as texts and ids as numbers', () => {
  test.each(['service-account-daily', 'service-region-daily', 'service-region-monthly'])(
    'tells the same figures: %s',
    async (cube) => {
      const { plain, sparse } = await both((each) => fillCube(each, cube, '2026-10-01', '2026-11-01'));
      expect(sparse.faults).toEqual([]);
      expect(totalOf(sparse)).toBe(totalOf(plain));
      expect(new Set(sparse.items.map(({ values }) => values[0]))).toEqual(
        new Set(plain.items.map(({ values }) => values[0])),
      );
    },
  );

  test('tells the same accounts and cost centers, by ids that no number holds', async () => {
    const { plain, sparse } = await both(async ({ connector, session }) => ({
      accounts: await connector.capabilities.accounts?.list(session),
      centers: await connector.capabilities.costCenters?.list(session),
    }));
    expect(sparse.accounts?.faults).toEqual([]);
    expect(sparse.accounts?.items.map(({ nativeId }) => nativeId)).toEqual(
      plain.accounts?.items.map(({ nativeId }) => nativeId),
    );
    expect(sparse.accounts?.items.every(({ forecast }) => forecast === null)).toBe(true);
    expect(sparse.centers).toEqual(plain.centers);
  });

  test('tells the same budgets, without forecasts', async () => {
    const { plain, sparse } = await both(async ({ connector, session }) =>
      connector.capabilities.budgets?.list(session),
    );
    expect(sparse?.faults).toEqual([]);
    expect(sparse?.items).toEqual(plain?.items.map((budget) => ({ ...budget, forecast: null })));
  });

  test('tells the same anomalies and checks, and scopes without what is not named', async () => {
    const { plain, sparse } = await both(async ({ connector, session }) => ({
      anomalies: await connector.capabilities.anomalies?.list(session, { start: '2026-09-01', end: '2026-11-22' }),
      monitors: await connector.capabilities.monitors?.list(session),
    }));
    expect(sparse.anomalies?.faults).toEqual([]);
    expect(sparse.anomalies?.items.map(({ nativeId, actual }) => [nativeId, actual])).toEqual(
      plain.anomalies?.items.map(({ nativeId, actual }) => [nativeId, actual]),
    );
    expect(sparse.monitors).toEqual(plain.monitors);
  });

  test('tells details with what it has', async () => {
    rig = await openSandbox('sparse');
    const { anomalies } = rig.connector.capabilities;
    const listed = await anomalies?.list(rig.session, { start: '2026-10-01', end: '2026-11-22' });
    for (const { nativeId, day } of listed?.items ?? []) {
      const detail = await anomalies?.detail?.(rig.session, nativeId);
      expect(detail?.history.some((each) => each.day === day && each.actual !== null)).toBe(true);
    }
    expect(listed?.items.length).toBeGreaterThan(3);
  });

  test('tells the same rates and recommendations', async () => {
    const { plain, sparse } = await both(async ({ connector, session }) => ({
      rates: await connector.capabilities.exchangeRates?.list(session),
      advice: await connector.capabilities.recommendations?.list(session),
    }));
    expect(sparse).toEqual(plain);
  });

  test('creates a budget and a check', async () => {
    rig = await openSandbox('sparse');
    const { budgets, monitors } = rig.connector.capabilities;
    const scope = { account: '33240000000059001' };
    const budget = await budgets?.writes?.create?.send(
      rig.session,
      { input: { name: 'B', period: 'monthly', limit: { amount: '5', currency: 'USD' }, alerts: [], scope } },
      'key',
    );
    expect(budget?.nativeId).toMatch(/^\d+$/);
    const input = {
      name: 'C',
      description: null,
      filters: { account: ['33240000000059001'] },
      groupBy: [],
      sensitivity: 'low' as const,
      minImpact: null,
    };
    expect((await monitors?.writes?.create?.send(rig.session, { input }, 'key'))?.nativeId).toMatch(/^\d+$/);
  });
});

describe('answers without data', () => {
  const empties = ['{"code":0}', '{"code":0,"data":{}}', '{"code":0,"data":[]}'];

  test.each(empties)('%s are no rows, no budgets, no anomalies and no checks', async (body) => {
    rig = await openSandbox();
    const empty = (path: string) => ({ path, kind: 'body' as const, body });
    rig.sandbox.faults.set([
      empty('/cs/api/cost/budget/dashboard'),
      empty('/cs/api/cost/anomaly/dashboard'),
      empty('/cs/api/cost/exchange_rates'),
      empty('/cs/api/cost/cost_centers'),
    ]);
    const { budgets, monitors, exchangeRates, costCenters } = rig.connector.capabilities;
    for (const source of [budgets, monitors, exchangeRates, costCenters]) {
      expect(await source?.list(rig.session)).toMatchObject({ items: [], faults: [] });
    }
  });
});

describe('words that are not known', () => {
  test.each([
    [
      'a kind of account',
      '/cs/api/cost/anomaly/dashboard',
      {
        code: 0,
        data: [
          {
            id: 9,
            name: 'Kundenservice',
            values: [{ checks_id: '1', checks_name: 'Kundenservice', account_type: 7, anomaly_id: '' }],
          },
        ],
      },
    ],
  ])('%s is a fault, and no check is made up', async (_name, path, answer) => {
    rig = await openSandbox();
    rig.sandbox.faults.set([{ path, kind: 'body', body: JSON.stringify(answer) }]);
    const reading = await rig.connector.capabilities.monitors?.list(rig.session);
    expect(reading?.items).toEqual([]);
    expect(reading?.faults[0]?.path).toContain('account_type');
  });

  test('a period in another language is told as it is', async () => {
    rig = await openSandbox();
    const row = {
      budget_id: '1',
      budget_name: 'b',
      account_type: 0,
      account_id: '1',
      period: 'Monatlich',
      budget_value: '5',
      spending: '1',
      unit: '1',
      display_currency: 'USD',
    };
    rig.sandbox.faults.set([
      { path: '/cs/api/cost/budget/dashboard', kind: 'body', body: JSON.stringify({ code: 0, data: [row] }) },
      { path: '/cs/api/cost/budget/budget_info', kind: 'body', body: '{"code":0,"data":{"info":{}}}' },
    ]);
    const reading = await rig.connector.capabilities.budgets?.list(rig.session);
    expect(reading?.items).toMatchObject([{ period: 'other', nativePeriod: 'Monatlich', limit: { amount: '5' } }]);
    expect(reading?.faults).toEqual([]);
  });

  test('a charge type and a cloud that are new keep their cost', async () => {
    rig = await openSandbox();
    const rows = [
      ['Oracle', 'Kundenservice', 'eu-frankfurt-1', 'Support', '12.5'],
      ['AWS', '', '', '', -2],
    ];
    rig.sandbox.faults.set([
      { path: '/cs/api/cost/sankey_chart_data', kind: 'body', body: JSON.stringify({ code: 0, data: { data: rows } }) },
      {
        path: '/cs/api/cost/custom_report/cloud_overallcost',
        kind: 'body',
        body: '{"code":0,"data":{"overall_data":{"total_cost":10.5}}}',
      },
    ]);
    const reading = await fillCube(rig, 'service-region-monthly', '2026-10-01', '2026-11-01');
    expect(reading.items.map(({ values, amount }) => [values, amount])).toEqual([
      [['Support', 'eu-frankfurt-1', 'Kundenservice', 'oracle'], '12.5'],
      [[null, null, null, 'aws'], '-2'],
    ]);
    expect([reading.faults, reading.notes]).toEqual([[], []]);
  });
});
