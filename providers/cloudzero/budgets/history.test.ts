import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { compare, decimal, multiply } from '../../../src/domain/decimal.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const open = async (variant: string, settings: Record<string, string> = {}) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant });
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, settings);
  const session = plainSession(connector, clock);
  const { budgets } = connector.capabilities;
  if (budgets?.history === undefined) throw new TypeError('there is a history');
  const { history } = budgets;
  return { sandbox, session, budgets, history: (id: string) => history(session, id) };
};

const figures = (actual: string, planned: string) => ({ actual, planned });
const expanded = (more: object) => ({
  budget: {
    id: 'b',
    alerts: { '50': 'Y', '80': 'Y', '90': 'N', '100': 'Y' },
    current: figures('90', '100'),
    history: { monthly: {}, quarterly: {} },
    burnup: { daily: {} },
    ...more,
  },
});

test('the history is what was spent and planned in each month before this one, earliest first', async () => {
  const { sandbox, history } = await open('live', { dialect: 'live', currency: 'EUR' });
  const monthly = {
    '2026-11-01': figures('5', '100'),
    '2026-10-01T00:00:00+00:00': figures('120.50', '100.00'),
    '2026-09-01T00:00:00': figures('0.000000000000000001', '90'),
  };
  const body = JSON.stringify(expanded({ alerts: {}, history: { monthly, quarterly: {} } }));
  sandbox.faults.set([{ path: '/v2/budgets/b', kind: 'body', body }]);
  expect(await history('b')).toEqual({
    items: [
      {
        start: '2026-09-01',
        end: '2026-10-01',
        limit: { amount: '90', currency: 'EUR' },
        spent: { amount: '0.000000000000000001', currency: 'EUR' },
      },
      {
        start: '2026-10-01',
        end: '2026-11-01',
        limit: { amount: '100', currency: 'EUR' },
        spent: { amount: '120.5', currency: 'EUR' },
      },
    ],
    alerts: [],
    notes: [expect.objectContaining({ code: 'budget-real-cost' })],
    faults: [],
  });
  expect(sandbox.calls.at(-1)?.query).toBe('expand=current&expand=history&expand=burnup');
});

test.each([
  ['sums of the month so far', ['20', '60', '90']],
  ['each day by itself', ['20', '40', '30']],
])('alerts are dated by the days of the burn-up, whether they are %s', async (_name, actuals) => {
  const { sandbox, history } = await open('live', { dialect: 'live' });
  const daily = Object.fromEntries(actuals.map((actual, index) => [`2026-11-0${index + 1}`, figures(actual, '100')]));
  const body = JSON.stringify(expanded({ burnup: { daily } }));
  sandbox.faults.set([{ path: '/v2/budgets/b', kind: 'body', body }]);
  const read = await history('b');
  expect(read?.alerts).toEqual([
    { thresholdPercent: '50', firedAt: '2026-11-02T00:00:00Z', spent: { amount: '60', currency: 'USD' } },
    { thresholdPercent: '80', firedAt: '2026-11-03T00:00:00Z', spent: { amount: '90', currency: 'USD' } },
  ]);
  expect(read?.notes.map((note) => note.code)).toEqual(['budget-real-cost', 'alerts-incomplete']);
});

test.each([
  ['add up to something else', { '2026-11-01': figures('20', '100') }, []],
  ['are absent', {}, []],
  ['cannot be read', { '2026-11-01': figures('NaN', '100') }, ['budget.burnup.daily.2026-11-01.actual']],
])('no alert is dated where the days %s, and that is said', async (_name, daily, paths) => {
  const { sandbox, history } = await open('live', { dialect: 'live' });
  const body = JSON.stringify(expanded({ burnup: { daily } }));
  sandbox.faults.set([{ path: '/v2/budgets/b', kind: 'body', body }]);
  const read = await history('b');
  expect(read?.alerts).toEqual([]);
  expect(read?.notes[1]?.message).toContain('not clear enough');
  expect(read?.faults.map((fault) => fault.path)).toEqual(paths);
});

test('months that cannot be read are named, and the others stay', async () => {
  const { sandbox, history } = await open('live', { dialect: 'live' });
  const monthly = {
    soon: figures('1', '1'),
    '2026-08-01': { actual: '1' },
    '2026-09-01': figures('1', '2'),
    '2026-09-01T00:00:00Z': figures('3', '4'),
  };
  const body = JSON.stringify(expanded({ alerts: {}, history: { monthly, quarterly: {} } }));
  sandbox.faults.set([{ path: '/v2/budgets/b', kind: 'body', body }]);
  const read = await history('b');
  expect(read?.items).toMatchObject([{ start: '2026-09-01', spent: { amount: '1' } }]);
  expect(read?.faults.map((fault) => fault.path)).toEqual([
    'budget.history.monthly.soon',
    'budget.history.monthly.2026-08-01.planned',
    'budget.history.monthly.2026-09-01',
  ]);
});

test.each(['live', 'live-loose'])('the sandbox has six months, and alerts of this one, %s', async (variant) => {
  const { budgets, session, history } = await open(variant);
  for (const budget of (await budgets.list(session)).items) {
    const read = await history(budget.nativeId);
    expect(read?.faults).toEqual([]);
    expect(read?.items.map(({ start }) => start)).toEqual([
      '2026-05-01',
      '2026-06-01',
      '2026-07-01',
      '2026-08-01',
      '2026-09-01',
      '2026-10-01',
    ]);
    const { spent, limit, alerts } = budget;
    const reached = alerts.filter(({ thresholdPercent }) => {
      const due = multiply(decimal(limit?.amount ?? ''), decimal(thresholdPercent));
      return compare(multiply(decimal(spent?.amount ?? ''), decimal('100')), due) >= 0;
    });
    expect(read?.alerts.map((alert) => alert.thresholdPercent)).toEqual(reached.map((alert) => alert.thresholdPercent));
  }
});

test('the published dialect tells none, whatever was remembered', async () => {
  const { session, history } = await open('published');
  await session.fact('dialect', 1, z.string(), async () => 'live');
  expect(await history('budget-5b70d3')).toBeNull();
});
