import { expect, test } from 'vitest';
import { decimal, decimalText, sum } from '../../../src/domain/decimal.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';
import { firedAlertsOf, spansOf } from './normalise.ts';

const stamp = (day: string) => `${day}T00:00:00+0530`;
const answer = (usage: unknown[], budgeted: unknown[], meta: Record<string, unknown> = {}) => ({
  code: 0,
  data: {
    meta: { currency_code: 'INR', budget_period: 'Monthly', ...meta },
    chart_data: { usage_values: usage, budget_values: budgeted },
  },
});

test('months that are over are spans, to the last digit; the running one is none', () => {
  const json = answer(
    [
      [stamp('2025-10-01'), '5305.87912345678901234'],
      [stamp('2025-11-01'), 1222.178],
      [stamp('2025-12-01'), 29.663],
    ],
    [
      [stamp('2025-10-01'), 1],
      [stamp('2025-11-01'), 2],
      [stamp('2025-12-01'), 2],
    ],
  );
  expect(spansOf(json, '73', '2025-12-02')).toEqual({
    items: [
      {
        start: '2025-10-01',
        end: '2025-11-01',
        limit: { amount: '1', currency: 'INR' },
        spent: { amount: '5305.87912345678901234', currency: 'INR' },
      },
      {
        start: '2025-11-01',
        end: '2025-12-01',
        limit: { amount: '2', currency: 'INR' },
        spent: { amount: '1222.178', currency: 'INR' },
      },
    ],
    faults: [],
    notes: [],
  });
});

test('the days of a daily budget are spans of a day, and of an unknown period nothing is claimed', () => {
  const rows = [[stamp('2025-10-07'), 3]];
  expect(spansOf(answer(rows, rows, { budget_period: 'Daily' }), '1', '2025-10-08').items).toMatchObject([
    { start: '2025-10-07', end: '2025-10-08' },
  ]);
  expect(spansOf(answer(rows, rows, { budget_period: 'YTD' }), '1', '2025-12-08')).toMatchObject({
    items: [],
    notes: [{ code: 'budget-spans-unknown' }],
  });
});

test('bad points are told one by one, and so is a span without a limit', () => {
  const json = answer(
    [[stamp('2025-08-01'), null], [stamp('2025-09-01'), 'NaN'], null, [stamp('2025-10-01'), 1e25], ['soon', 1]],
    [[stamp('2025-09-01'), '1e400']],
  );
  const { items, faults } = spansOf(json, '7', '2025-12-02');
  expect(items).toEqual([]);
  expect(faults.map((fault) => fault.path)).toEqual([
    'budget_history 7 usage_values[0][1]',
    'budget_history 7 usage_values[1][1]',
    'budget_history 7 usage_values[2]',
    'budget_history 7 usage_values[4][0]',
    'budget_history 7 budget_values[0][1]',
    'budget_history 7 budget_values',
  ]);
});

test('an answer of another shape is malformed, one without a chart is empty', () => {
  expect(() => spansOf({ code: 0 }, '7', '2025-12-02')).toThrow(expect.objectContaining({ kind: 'vendor-malformed' }));
  expect(() => spansOf(answer([], [], { currency_code: '$' }), '7', '2025-12-02')).toThrow('currency_code');
  const data = { meta: { currency_code: 'INR', budget_period: 'Monthly' }, chart_data: {} };
  expect(spansOf({ code: 0, data }, '7', '2025-12-02').items).toEqual([]);
});

test('a fired alert states its threshold in percent', () => {
  const alert = { threshold: 400, budget: '500', usage: 18.691, notified_Time: '1764633739033' };
  const json = (alerts: unknown[], more: Record<string, unknown> = { currency_code: 'INR' }) => ({
    code: 0,
    data: { info: more, alerts },
  });
  expect(firedAlertsOf(json([alert]), '7')).toEqual({
    items: [
      { thresholdPercent: '80', firedAt: '2025-12-02T00:02:19.033Z', spent: { amount: '18.691', currency: 'INR' } },
    ],
    faults: [],
  });
  const bad = [
    { ...alert, budget: 0 },
    { ...alert, usage: null },
    { ...alert, notified_Time: 'soon' },
  ];
  expect(firedAlertsOf(json(bad), '7').faults.map((fault) => fault.path)).toEqual([
    'budget_info 7 alerts[0]',
    'budget_info 7 alerts[1].usage',
    'budget_info 7 alerts[2].notified_Time',
  ]);
  expect(firedAlertsOf(json([alert], {}), '7').faults).toMatchObject([{ message: 'has no currency' }]);
});

test('the history of the sandbox agrees with its costs, and tells of a limit that was passed', async () => {
  const clock = new VirtualClock();
  const sandbox = await cloudspend.sandbox({ clock });
  const { capabilities, ...connector } = connectTo(cloudspend, sandbox);
  const session = plainSession({ ...connector, capabilities }, clock);
  const history = async (id: string) => capabilities.budgets?.history?.(session, id);

  const retail = await history('72');
  expect(retail).toMatchObject({ notes: [], faults: [] });
  expect(retail?.items.map((span) => span.end)).toEqual([
    '2026-07-01',
    '2026-08-01',
    '2026-09-01',
    '2026-10-01',
    '2026-11-01',
  ]);
  expect(retail?.alerts).toMatchObject([{ thresholdPercent: '100', firedAt: '2026-11-21T00:00:00Z' }]);
  const october = await capabilities.costs.fill(session, {
    cube: 'service-account-daily',
    dimensions: ['account', 'service'],
    costType: 'billed',
    start: '2026-10-01',
    end: '2026-11-01',
  });
  const children = ['33240000000059017', '33240000000059021', '33240000000059025'];
  const own = october.items.filter((item) => children.includes(item.values[0] ?? ''));
  expect(retail?.items.at(-1)?.spent.amount).toBe(decimalText(sum(own.map((item) => decimal(item.amount)))));

  sandbox.faults.set([{ path: '/cs/api/cost/budget/budget_info', kind: 'status', status: 404 }]);
  expect(await history('72')).toMatchObject({ alerts: [], faults: [{ path: 'budget_info 72' }] });
  sandbox.faults.clear();
  await expect(history('999')).rejects.toMatchObject({ kind: 'vendor-not-found' });
  await sandbox.close();
});
