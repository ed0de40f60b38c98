import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decimal, decimalText, sum } from '../../../src/domain/decimal.ts';
import type { Budget } from '../../../src/domain/nouns.ts';
import { type BudgetSource, type Connector, Failure, type Reading } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { elastic } from '../manifest.ts';
import { startElasticSandbox, viewerKey } from '../sandbox/sandbox.ts';

const clock = new VirtualClock('2026-11-21T10:00:00Z');
const path = '/api/v1/billing/organization/2718281828/budgets';
let sandbox: RunningSandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startElasticSandbox({ clock });
  connector = connectTo(elastic, sandbox);
});
beforeEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

const sourceOf = (from: Connector): BudgetSource => {
  const { budgets } = from.capabilities;
  if (budgets === undefined) throw new TypeError('expected budgets');
  return budgets;
};
const list = (from = connector): Promise<Reading<Budget>> => sourceOf(from).list(plainSession(from, clock));
const listOf = (budgets: unknown): Promise<Reading<Budget>> => {
  sandbox.faults.set([{ kind: 'body', path, body: JSON.stringify(budgets) }]);
  return list();
};
const kindOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (thrown) => (thrown instanceof Failure ? thrown.kind : String(thrown)),
  );
const whole = {
  id: 7,
  name: 'Whole',
  amount: 100,
  period: 'monthly',
  active: true,
  scope_type: 'organization',
  scope_values: [],
  alerts: [{ operator: 'gte', threshold: 80, threshold_type: 'percentage', last_exceeded_at: null }],
  recipient_group: ['billing-admins'],
};

describe('budgets of an organization that has them', () => {
  it('are listed with scope and thresholds, their limits in money', async () => {
    const { items, faults } = await list();
    expect(faults).toEqual([]);
    expect(items.map(({ name, limit, scope, alerts }) => ({ name, limit, scope, alerts }))).toEqual([
      {
        name: 'Elastic Cloud as a whole',
        limit: { amount: '24000', currency: 'USD' },
        scope: {},
        alerts: ['80', '100'].map((thresholdPercent) => ({ thresholdPercent, recipients: [] })),
      },
      {
        name: 'Log retention',
        limit: { amount: '5000', currency: 'USD' },
        scope: { account: '91be7d03f5a24c18b6c2d4e80f7a3c55' },
        alerts: [{ thresholdPercent: '90', recipients: [] }],
      },
      {
        name: 'Projects',
        limit: { amount: '3000', currency: 'USD' },
        scope: { view: 'b5c1e7f09a3d48d2, e90a6d4c17b24f8e, 2f7b8c3e5d9146a0' },
        alerts: [{ thresholdPercent: '90', recipients: [] }],
      },
    ]);
  });

  it('say that their limits are converted, and at which price', async () => {
    expect((await list()).notes.map((note) => note.code)).toEqual(['ecu-budget', 'nominal-price']);
    expect((await listOf([])).notes).toEqual([]);
  });

  it('of several instances have the spend of these this month', async () => {
    const projects = (await list()).items.find(({ name }) => name === 'Projects');
    const accounts = await connector.capabilities.accounts?.list(plainSession(connector, clock));
    const spent = (accounts?.items ?? [])
      .filter(({ nativeId }) => projects?.scope.view?.includes(nativeId))
      .map(({ currentMonth }) => decimal(currentMonth?.amount ?? ''));
    expect(spent).toHaveLength(3);
    expect(projects?.spent).toEqual({ amount: decimalText(sum(spent)), currency: 'USD' });
  });

  it('of several instances have no spend, and a fault, where costs cannot be read', async () => {
    sandbox.faults.set([{ kind: 'status', path: '/api/v2', status: 500 }]);
    const { items, faults } = await list();
    expect(items.map(({ spent }) => spent)).toEqual([null, null, null]);
    expect(faults.map((fault) => fault.path)).toEqual(['budgets spent']);
  });

  it('are listed at the configured price of today', async () => {
    const result = elastic.connect({
      ...sandbox.settings,
      ecuCurrency: 'EUR',
      ecuPrices: [
        { from: '2026-10-01', price: '0.9' },
        { from: '2026-11-01', price: '0.875' },
      ],
    });
    if (!result.ok) throw new TypeError(JSON.stringify(result.faults));
    const { items, notes } = await list(result.connector);
    expect(items[0]?.limit).toEqual({ amount: '21000', currency: 'EUR' });
    expect(notes.map((note) => note.message).join()).toContain('0.875 EUR');
  });
});

describe('budgets that are odd', () => {
  it('show no alert that is sent below a threshold, and a note instead', async () => {
    const { items, notes } = await listOf([
      { ...whole, alerts: [...whole.alerts, { operator: 'lte', threshold: 10, threshold_type: 'percentage' }] },
    ]);
    expect(items[0]?.alerts).toEqual([{ thresholdPercent: '80', recipients: [] }]);
    expect(notes.map((note) => note.code)).toContain('alerts-incomplete');
  });

  it('are listed without a name, without alerts, and in a period of their own', async () => {
    const { items, faults } = await listOf([{ id: 9, amount: 12, period: 'yearly', scope_type: 'organization' }]);
    expect(faults).toEqual([]);
    expect(items[0]).toMatchObject({
      nativeId: '9',
      name: 'Budget 9',
      period: 'other',
      nativePeriod: 'yearly',
      alerts: [],
      createdAt: null,
    });
  });

  it('have a day of creation where the vendor tells one', async () => {
    const { items } = await listOf([
      { ...whole, created_at: '2026-08-03T02:00:00+02:00' },
      { ...whole, id: 8, created_at: 'lately' },
    ]);
    expect(items.map(({ createdAt }) => createdAt)).toEqual(['2026-08-03T00:00:00Z', null]);
  });

  it('that are switched off say so', async () => {
    const { notes } = await listOf([{ ...whole, active: false }]);
    expect(notes.map((note) => note.code)).toContain('budget-inactive');
  });

  it('with a scope that nobody knows are not taken for the whole organization', async () => {
    const { items } = await listOf([
      { ...whole, scope_type: 'region', scope_values: ['eu'] },
      { ...whole, id: 8, scope_type: 'cloud_resource', scope_values: [] },
    ]);
    expect(items.map(({ scope }) => Object.keys(scope))).toEqual([['view'], ['view']]);
  });

  it('that cannot be read are faults, and the others stay', async () => {
    const { items, faults } = await listOf([{ ...whole, amount: 'much' }, whole, null, { ...whole, id: undefined }]);
    expect(items.map(({ nativeId }) => nativeId)).toEqual(['7']);
    expect(faults.map((fault) => fault.path)).toEqual(['budgets[0].amount', 'budgets[2]', 'budgets[3].id']);
  });

  it('are refused where the answer is no list', async () => {
    for (const body of [{}, { budgets: [] }, null]) expect(await kindOf(listOf(body))).toBe('vendor-malformed');
  });
});

describe('whether an organization has budgets', () => {
  it('is asked once', async () => {
    const session = plainSession(connector, clock);
    const before = sandbox.calls.length;
    expect(await sourceOf(connector).available?.(session)).toBe(true);
    expect(await sourceOf(connector).available?.(session)).toBe(true);
    expect(sandbox.calls.length - before).toBe(1);
  });

  it('is no where the vendor answers 404, until the vendor is asked again', async () => {
    sandbox.faults.set([{ kind: 'status', path, status: 404 }]);
    expect(await sourceOf(connector).available?.(plainSession(connector, clock))).toBe(false);
  });

  it('is asked again where a list is suddenly gone', async () => {
    const session = plainSession(connector, clock);
    expect(await sourceOf(connector).available?.(session)).toBe(true);
    sandbox.faults.set([{ kind: 'status', path, status: 404 }]);
    expect(await kindOf(sourceOf(connector).list(session))).toBe('vendor-not-found');
    expect(await sourceOf(connector).available?.(session)).toBe(false);
  });

  it('is unknown to a key without the role, and to a vendor that is down', async () => {
    const viewer = connectTo(elastic, sandbox, { apiKey: viewerKey });
    const asked = (from: Connector) =>
      kindOf(sourceOf(from).available?.(plainSession(from, clock)) ?? Promise.resolve());
    expect(await asked(viewer)).toBe('permission-missing');
    sandbox.faults.set([{ kind: 'status', path, status: 500 }]);
    expect(await asked(connector)).not.toBe('none');
  });
});
