import { expect, test } from 'vitest';
import { compare, decimal, multiply } from '../../../src/domain/decimal.ts';
import type { Budget } from '../../../src/domain/nouns.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { forgettingFailures } from '../../../test/support/cloudspend-rig.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import dashboard from '../fixtures/budget-dashboard.json' with { type: 'json' };
import info from '../fixtures/budget-info.json' with { type: 'json' };
import { cloudspend } from '../manifest.ts';
import { budgetOf, budgetPageOf, budgetRowsOf, withForecast } from './normalise.ts';

const rowsOf = (rows: unknown[]) => budgetRowsOf({ code: 0, data: rows }, 'data');
const row = (more: Record<string, unknown> = {}) => ({ ...dashboard.data[0], ...more });

test('a dashboard row is a budget, with no figure that the dashboard gets wrong', () => {
  const { items, faults } = budgetRowsOf(dashboard, 'data');
  expect(faults).toEqual([]);
  expect(items.map(budgetOf)).toEqual([
    {
      nativeId: '56',
      name: 'Mailer',
      period: 'monthly',
      nativePeriod: null,
      limit: { amount: '1', currency: 'USD' },
      spent: { amount: '0.332', currency: 'USD' },
      forecast: null,
      alerts: [],
      scope: { account: '403793000000852003' },
      createdAt: null,
      updatedAt: null,
    },
    expect.objectContaining({
      nativeId: '72',
      period: 'other',
      nativePeriod: 'Forecast_Month',
      limit: { amount: '1', currency: 'INR' },
      spent: { amount: '29.663', currency: 'INR' },
      scope: { costCenter: '33240000000059007' },
    }),
  ]);
});

test('its own page adds the forecast, unless that is in another currency', () => {
  const [first, second] = budgetRowsOf(dashboard, 'data').items.map(budgetOf);
  if (first === undefined || second === undefined) throw new TypeError('two budgets are expected');
  expect(withForecast(first, budgetPageOf(info, '56'))).toMatchObject({
    budget: { forecast: { amount: '786.592', currency: 'USD' } },
    faults: [],
  });
  expect(withForecast(second, budgetPageOf(info, '72'))).toMatchObject({
    budget: { forecast: null },
    faults: [{ path: 'budget_info 72' }],
  });
});

test.each([
  ['budget_value', null],
  ['budget_value', 'NaN'],
  ['budget_value', undefined],
  ['spending', {}],
  ['display_currency', '$'],
  ['unit', 9],
  ['account_type', 7],
  ['budget_id', null],
])('a row whose %s is %s is refused by name', (field, value) => {
  const { items, faults } = rowsOf([row({ [field]: value }), row({ budget_id: '57', budget_value: 1e25 })]);
  expect(items.map(budgetOf)).toMatchObject([{ limit: { amount: `1${'0'.repeat(25)}` } }]);
  expect(faults).toMatchObject([{ path: `data[0].${field}` }]);
});

test('a success without data has no budget, an answer of another shape is malformed', () => {
  for (const json of [{ code: 0 }, { code: 0, data: {} }, { code: 0, data: [] }]) {
    expect(budgetRowsOf(json, 'data')).toEqual({ items: [], faults: [], notes: [] });
  }
  for (const json of [{}, { code: 0, data: { budgets: [] } }, []]) {
    expect(() => budgetRowsOf(json, 'data')).toThrow(expect.objectContaining({ kind: 'vendor-malformed' }));
  }
});

const start = async (at?: string) => {
  const clock = new VirtualClock(at);
  const sandbox = await cloudspend.sandbox({ clock });
  const connector = connectTo(cloudspend, sandbox);
  const session = forgettingFailures(plainSession(connector, clock));
  return { sandbox, list: async () => connector.capabilities.budgets?.list(session) };
};

test('the list has the budgets of all three kinds, each with its forecast', async () => {
  const { sandbox, list } = await start();
  const reading = await list();
  expect(reading?.faults).toEqual([]);
  expect(reading?.items.map(({ name, period, nativePeriod }) => [name, period, nativePeriod])).toEqual([
    ['Retail ceiling', 'monthly', null],
    ['Analytics clusters', 'monthly', null],
    ['Workplace', 'monthly', null],
    ['Commerce per day', 'daily', null],
    ['us-east-1', 'other', 'MTD'],
  ]);
  expect(reading?.items.every((budget) => budget.forecast !== null && budget.spent !== null)).toBe(true);
  expect(reading?.items.map((budget) => Object.keys(budget.scope)[0])).toEqual([
    'account',
    'account',
    'account',
    'costCenter',
    'view',
  ]);
  // The vendor's document shows the thresholds of a budget nowhere.
  expect(reading?.items.every((budget) => budget.alerts.length === 0)).toBe(true);
  expect(reading?.notes.map(({ code }) => code)).toEqual(['thresholds-unknown']);
  await sandbox.close();
});

const statusOf = ({ limit, spent, forecast, alerts }: Budget): string => {
  const most = decimal(limit?.amount ?? '');
  const used = decimal(spent?.amount ?? '0');
  if (compare(used, most) > 0) return 'exceeded';
  const lowest = Math.min(80, ...alerts.map((alert) => Number(alert.thresholdPercent)));
  const near = compare(multiply(used, decimal('100')), multiply(most, decimal(String(lowest)))) >= 0;
  return near || (forecast !== null && compare(decimal(forecast.amount), most) > 0) ? 'warning' : 'ok';
};

test.each(['2026-11-21', '2026-12-01', '2027-02-16', '2026-03-31'])(
  'on %s some are fine, some near their limit and some beyond',
  async (day) => {
    const { sandbox, list } = await start(`${day}T10:00:00Z`);
    const statuses = (await list())?.items.map(statusOf);
    expect(new Set(statuses)).toEqual(new Set(['ok', 'warning', 'exceeded']));
    await sandbox.close();
  },
);

test('a page that fails costs its forecast, not the list', async () => {
  const { sandbox, list } = await start();
  sandbox.faults.set([
    { path: '/cs/api/cost/budget/budget_info/73', kind: 'status', status: 404 },
    { path: '/cs/api/cost/budget/budget_info/74', kind: 'body', body: '{"code":0}' },
  ]);
  const reading = await list();
  expect(reading?.items).toHaveLength(5);
  expect(reading?.items.filter((budget) => budget.forecast === null).map((budget) => budget.nativeId)).toEqual([
    '73',
    '74',
  ]);
  expect(reading?.faults.map((fault) => fault.path)).toEqual(['budget_info 73', 'budget_info 74']);
  await sandbox.close();
});

test('a filter that does not filter gives no budget twice', async () => {
  const { sandbox, list } = await start();
  const rows = [row({ budget_id: '72' }), row({ budget_id: '73' })];
  sandbox.faults.set([
    { path: '/cs/api/cost/budget/dashboard', kind: 'body', body: JSON.stringify({ code: 0, data: rows }) },
  ]);
  const reading = await list();
  expect(reading?.items.map((budget) => budget.nativeId)).toEqual(['72', '73']);
  expect(reading?.faults).toEqual([]);
  await sandbox.close();
});

test('a dashboard that fails fails the list', async () => {
  const { sandbox, list } = await start();
  sandbox.faults.set([{ path: '/cs/api/cost/budget/dashboard', kind: 'body', status: 403, body: '{}' }]);
  await expect(list()).rejects.toMatchObject({ kind: 'permission-missing' });
  await sandbox.close();
});

test('a budget of a percentage is a note, and leaves the list whole', async () => {
  const clock = new VirtualClock();
  const sandbox = await cloudspend.sandbox({ clock, variant: 'percentage-budget' });
  const connector = connectTo(cloudspend, sandbox);
  const reading = await connector.capabilities.budgets?.list(plainSession(connector, clock));
  expect(reading?.items).toHaveLength(5);
  expect(reading?.faults).toEqual([]);
  expect(reading?.notes).toContainEqual({
    code: 'budget-of-percentage',
    message: expect.stringContaining('Not a quarter more'),
  });
  await sandbox.close();
});

test('the pages of many budgets are read over several listings, each once', async () => {
  const { sandbox, list } = await start();
  const rows = Array.from({ length: 90 }, (_, index) => row({ budget_id: String(1000 + index) }));
  const page = '/cs/api/cost/budget/budget_info/';
  sandbox.faults.set([
    { path: '/cs/api/cost/budget/dashboard', kind: 'body', body: JSON.stringify({ code: 0, data: rows }) },
    { path: page, kind: 'body', body: '{"code":0,"data":{"info":{"forecasted_val":7.5,"currency_code":"USD"}}}' },
  ]);
  const known: (number | undefined)[] = [];
  for (let index = 0; index < 4; index += 1) {
    const reading = await list();
    expect(reading?.faults).toEqual([]);
    known.push(reading?.items.filter((budget) => budget.forecast !== null).length);
    expect(reading?.notes.some(({ code }) => code === 'forecasts-later')).toBe(index < 2);
  }
  expect(known).toEqual([40, 80, 90, 90]);
  expect(sandbox.calls.filter(({ path }) => path.startsWith(page))).toHaveLength(90);
  await sandbox.close();
});
