import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays } from '../../../src/domain/day.ts';
import { compare, decimal, decimalText, percentText, sum } from '../../../src/domain/decimal.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8');

const open = async (variant: string, settings: Record<string, string> = {}, start?: string) => {
  const clock = new VirtualClock(start);
  const sandbox = await cloudzero.sandbox({ clock, variant });
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, settings);
  const session = plainSession(connector, clock);
  const { budgets, costs } = connector.capabilities;
  const list = async () => {
    if (budgets === undefined) throw new TypeError('there are budgets');
    return budgets.list(session);
  };
  return { sandbox, session, costs, list, clock };
};

/** The real cost of this month, asked for directly. */
const realCost = async (sandbox: RunningSandbox, filters: Record<string, string[]>): Promise<string> => {
  const query = new URLSearchParams({
    start_date: '2026-11-01',
    granularity: 'monthly',
    cost_type: 'real_cost',
    filters: JSON.stringify(filters),
  });
  const answer = await fetch(`${sandbox.url}/v2/billing/costs?${query}`, {
    headers: { authorization: sandbox.settings.apiKey ?? '' },
  });
  const amounts = [...(await answer.text()).matchAll(/"cost":(-?[\d.]+)/g)].map((match) => decimal(match[1] ?? ''));
  return decimalText(sum(amounts));
};

describe('live budgets', () => {
  test('the fixture: the limit that is planned for now, alerts that are on, and what was spent', async () => {
    const { sandbox, list } = await open('live', { dialect: 'live', currency: 'EUR' });
    sandbox.faults.set([{ path: '/v2/budgets', kind: 'body', body: fixture('live-budgets') }]);
    const reading = await list();
    expect(reading.items).toEqual([
      {
        nativeId: 'b-1',
        name: 'Core platform',
        period: 'monthly',
        nativePeriod: null,
        limit: { amount: '2500.5', currency: 'EUR' },
        spent: { amount: '2100.123456789012345', currency: 'EUR' },
        forecast: null,
        alerts: [{ thresholdPercent: '100', recipients: [] }],
        scope: { view: 'v-7' },
        createdAt: '2022-02-01T10:00:00Z',
        updatedAt: '2025-11-01T12:26:40Z',
      },
      expect.objectContaining({ nativeId: '17', limit: null, spent: null, alerts: [] }),
      expect.objectContaining({ nativeId: 'b-3', spent: null, alerts: [], scope: {}, createdAt: null }),
    ]);
    expect(reading.notes.map((note) => note.code)).toEqual(['budget-real-cost']);
    expect(reading.faults).toEqual([]);
  });

  test('in the sandbox some are fine, some near their limit and some beyond, as the costs say', async () => {
    const { sandbox, list } = await open('live');
    const reading = await list();
    expect(reading.faults).toEqual([]);
    const used = reading.items.map((budget) =>
      Number(percentText(decimal(budget.spent?.amount ?? '0'), decimal(budget.limit?.amount ?? ''))),
    );
    expect(used.map((percent) => (percent > 100 ? 'exceeded' : percent >= 75 ? 'near' : 'fine'))).toEqual([
      'exceeded',
      'near',
      'fine',
      'near',
      'fine',
    ]);
    expect(reading.items.at(-1)?.spent?.amount).toBe(await realCost(sandbox, {}));
    expect(reading.items[1]?.spent?.amount).toBe(await realCost(sandbox, { Account: ['839402175560'] }));
  });

  test('what was spent is real cost, which is not what is billed, and the list says so', async () => {
    const { list, costs, session } = await open('live');
    const reading = await list();
    expect(reading.notes).toMatchObject([{ code: 'budget-real-cost', message: expect.stringContaining('real cost') }]);
    const month = await costs.fill(session, {
      cube: 'costs',
      dimensions: ['account', 'service', 'region'],
      costType: 'billed',
      start: '2026-11-01',
      end: '2026-11-22',
    });
    const billed = sum(month.items.map((item) => decimal(item.amount)));
    expect(reading.items.at(-1)?.spent?.amount).not.toBe(decimalText(billed));
  });

  test('the planned amount of now goes before the limits by month, and stands in where none has begun', async () => {
    const { sandbox, list } = await open('live', { dialect: 'live' });
    const budget = (id: string, start: string) => ({
      id,
      planned_limits: { monthly: { [start]: { amount: '5' } } },
      view: { id: 'v' },
      current: { actual: '1', planned: '7.50' },
    });
    const budgets = [budget('a', '2026-01-01T00:00:00Z'), budget('b', '2027-01-01T00:00:00Z')];
    sandbox.faults.set([{ kind: 'body', body: JSON.stringify({ budgets }) }]);
    const reading = await list();
    expect(reading.items.map(({ limit }) => limit?.amount)).toEqual(['7.5', '7.5']);
    expect(reading.notes.map((note) => note.code)).toEqual(['budget-real-cost']);
  });

  test('pages are followed', async () => {
    const { sandbox, list } = await open('live', { dialect: 'live' });
    const page = (id: string, next: string | null) => ({
      path: '/v2/budgets',
      kind: 'body' as const,
      times: 1,
      body: JSON.stringify({
        budgets: [{ id, name: id, planned_limits: { monthly: { '2026-01-01T00:00:00+00:00': { amount: 5 } } } }],
        pagination: { total_count: 3, cursor: { next_cursor: next, has_next: next !== null } },
      }),
    });
    sandbox.faults.set([page('a', 'x'), page('b', 'y'), page('b', null)]);
    const reading = await list();
    expect(reading.items.map((budget) => budget.nativeId)).toEqual(['a', 'b']);
    expect(reading.notes.map((note) => note.code)).toEqual(['budget-real-cost', 'duplicate-rows']);
    expect(sandbox.calls.map((call) => call.query)).toEqual([
      'limit=100&expand=current',
      'cursor=x&expand=current',
      'cursor=y&expand=current',
    ]);
    expect(reading.faults).toEqual([]);
  });

  test.each([
    [
      'amount null',
      { planned_limits: { monthly: { '2026-01-01T00:00:00Z': { amount: null } } } },
      /^budgets\[0\]\.planned_limits\.monthly/,
    ],
    ['no limits', {}, /^budgets\[0\]\.planned_limits$/],
    ['limits of another rhythm', { planned_limits: { weekly: {} } }, /^budgets\[0\]\.planned_limits\.monthly$/],
    [
      'a start that is no date',
      { planned_limits: { monthly: { soon: { amount: '1' } } } },
      /^budgets\(id=b\)\.planned_limits\.monthly\.soon$/,
    ],
    [
      'a spent that is no amount',
      { planned_limits: { monthly: { '2026-01-01T00:00:00Z': { amount: 1 } } }, current: { actual: 'NaN' } },
      /^budgets\[0\]\.current\.actual/,
    ],
  ])('%s is refused by name', async (_name, more, path) => {
    const { sandbox, list } = await open('live', { dialect: 'live' });
    sandbox.faults.set([{ kind: 'body', body: JSON.stringify({ budgets: [{ id: 'b', name: 'B', ...more }] }) }]);
    const reading = await list();
    expect(reading.items).toEqual([]);
    expect(reading.faults).toHaveLength(1);
    expect(reading.faults[0]?.path).toMatch(path);
  });

  test('an alert that is neither on nor off is named; the budget stays', async () => {
    const { sandbox, list } = await open('live', { dialect: 'live' });
    const budget = {
      id: 'b',
      planned_limits: { monthly: { '2026-01-01T00:00:00Z': { amount: '7' } } },
      alerts: { '80': 'Y', '90': 'maybe', half: 'Y' },
    };
    sandbox.faults.set([{ kind: 'body', body: JSON.stringify({ budgets: [budget] }) }]);
    const reading = await list();
    expect(reading.items).toMatchObject([{ name: 'b', alerts: [{ thresholdPercent: '80' }] }]);
    expect(reading.faults.map((fault) => fault.path)).toEqual(['budgets(id=b).alerts.90', 'budgets(id=b).alerts.half']);
  });
});

test.each(['live-loose', 'published-loose'])('the optional sides of the document are read, %s', async (variant) => {
  const { list } = await open(variant);
  const reading = await list();
  expect(reading.faults).toEqual([]);
  expect(reading.items).toHaveLength(5);
});

test('a list in the other dialect is asked for again in that one', async () => {
  const { sandbox, list, session } = await open('published');
  await session.fact('dialect', 1, z.string(), async () => 'live');
  expect((await list()).items).toHaveLength(5);
  expect(sandbox.calls.map((call) => call.path)).toEqual(['/v2/budgets', '/v2/billing/dimensions', '/v2/budgets']);
});

test.each([
  ['live', 'permission-missing'],
  ['published', 'credentials-rejected'],
])('a %s key that is refused is said to be', async (variant, kind) => {
  const { list } = await open(variant, { apiKey: 'wrong' });
  await expect(list()).rejects.toMatchObject({ kind });
});

test('budgets hold on the first day of a month as well', async () => {
  const { list, clock } = await open('live', {}, '2026-12-01T00:10:00Z');
  const reading = await list();
  expect(clock.today()).toBe(addDays('2026-11-30', 1));
  expect(reading.items.every((budget) => compare(decimal(budget.limit?.amount ?? ''), decimal('0')) > 0)).toBe(true);
});
