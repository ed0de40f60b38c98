import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Budget, BudgetInput } from '../../../src/domain/nouns.ts';
import { type BudgetSource, type Connector, Failure } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { elastic } from '../manifest.ts';
import { startElasticSandbox } from '../sandbox/sandbox.ts';
import { cannotHold, matches } from './writes.ts';

const clock = new VirtualClock('2026-11-21T10:00:00Z');
const base = '/api/v1/billing/organization/2718281828';
let sandbox: RunningSandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startElasticSandbox({ clock });
  connector = connectTo(elastic, sandbox);
});
beforeEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

const input: BudgetInput = {
  name: 'Search',
  period: 'monthly',
  limit: { amount: '1200', currency: 'USD' },
  alerts: [{ thresholdPercent: '80.0', recipients: [] }],
  scope: { account: '4f1d20c7a9b84e6d8a0e51c7b3d96f12' },
};
const sourceOf = (from = connector): BudgetSource => {
  const { budgets } = from.capabilities;
  if (budgets === undefined) throw new TypeError('expected budgets');
  return budgets;
};
const session = () => plainSession(connector, clock);
const create = async (asked: BudgetInput = input): Promise<Budget> => {
  const made = await sourceOf().writes?.create?.send(session(), { input: asked }, 'key');
  if (made === undefined) throw new TypeError('expected a budget');
  return made;
};
const replace = (nativeId: string, asked: BudgetInput) =>
  sourceOf().writes?.replace?.send(session(), { nativeId, input: asked }, 'key');
const wireSchema = z.object({
  id: z.number(),
  name: z.string(),
  amount: z.number(),
  period: z.string(),
  scope_type: z.string(),
  scope_values: z.array(z.string()),
  alerts: z.array(z.object({ operator: z.string(), threshold: z.number(), threshold_type: z.string() })),
  active: z.boolean(),
  recipient_group: z.array(z.string()),
});
const headers = () => ({ authorization: `ApiKey ${sandbox.settings.apiKey}` });
const atVendor = async (nativeId: string) =>
  wireSchema.parse(await (await fetch(`${sandbox.url}${base}/budgets/${nativeId}`, { headers: headers() })).json());
const failureOf = async (promise: Promise<unknown> | undefined): Promise<Failure> => {
  const thrown: unknown = await promise?.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof Failure)) throw new TypeError('expected a failure');
  return thrown;
};

describe('creating a budget', () => {
  it('writes whole ECU, the instance and the thresholds', async () => {
    const made = await create();
    expect(await atVendor(made.nativeId)).toMatchObject({
      name: 'Search',
      amount: 1200,
      period: 'monthly',
      scope_type: 'cloud_resource',
      scope_values: ['4f1d20c7a9b84e6d8a0e51c7b3d96f12'],
      alerts: [{ operator: 'gte', threshold: 80, threshold_type: 'percentage' }],
      active: true,
      recipient_group: ['organization-admins', 'billing-admins'],
    });
  });

  it('is listed as it was answered, and is known again by what was asked', async () => {
    const made = await create({ ...input, name: 'Whole', scope: {}, alerts: [] });
    const { items } = await sourceOf().list(session());
    const found = items.find(({ nativeId }) => nativeId === made.nativeId);
    expect(found).toEqual(made);
    expect(found !== undefined && matches(found, { ...input, name: 'Whole', scope: {}, alerts: [] })).toBe(true);
  });

  it('converts at the price of the day', async () => {
    const result = elastic.connect({ ...sandbox.settings, ecuPrices: [{ from: '2026-11-01', price: '0.75' }] });
    if (!result.ok) throw new TypeError(JSON.stringify(result.faults));
    const priced = plainSession(result.connector, clock);
    const made = await sourceOf(result.connector).writes?.create?.send(priced, { input }, 'key');
    expect((await atVendor(made?.nativeId ?? '')).amount).toBe(1600);
    const fraction = { ...input, limit: { amount: '1000', currency: 'USD' } };
    const before = sandbox.calls.length;
    const failure = await failureOf(
      sourceOf(result.connector).writes?.create?.send(priced, { input: fraction }, 'key'),
    );
    expect(failure).toMatchObject({ kind: 'capability-unsupported', details: { effect: 'never' } });
    expect(failure.details.public).toContain('the nearest limit is 999.75 USD');
    expect(sandbox.calls.length).toBe(before);
  });

  it.each([
    ['25000.5', '25000 USD'],
    ['0.2', '1 USD'],
  ])('refuses a limit of %s, naming %s', async (amount, nearest) => {
    const failure = await failureOf(create({ ...input, limit: { amount, currency: 'USD' } }));
    expect(failure.kind).toBe('capability-unsupported');
    expect(failure.details.public).toContain(nearest);
  });

  it('passes on what the vendor refuses', async () => {
    expect((await failureOf(create({ ...input, scope: { account: 'nobody' } }))).kind).toBe('vendor-rejected');
  });
});

describe('replacing and removing a budget', () => {
  it('keeps what only the vendor knows: recipients, whether it is active, and alerts below a threshold', async () => {
    const made = await create();
    const special = { active: false, recipient_group: ['resource-admins'] };
    const below = { operator: 'lte', threshold: 5, threshold_type: 'percentage' };
    const { id, ...known } = await atVendor(made.nativeId);
    const body = JSON.stringify({ ...known, ...special, alerts: [...known.alerts, below] });
    await fetch(`${sandbox.url}${base}/budget/${id}`, { method: 'POST', headers: headers(), body });
    await replace(made.nativeId, { ...input, name: 'Renamed', limit: { amount: '10', currency: 'USD' } });
    expect(await atVendor(made.nativeId)).toMatchObject({
      ...special,
      name: 'Renamed',
      amount: 10,
      alerts: [{ operator: 'gte', threshold: 80 }, below],
    });
  });

  it('writes nothing where the budget cannot be read before', async () => {
    const made = await create();
    sandbox.faults.set([{ kind: 'status', path: `${base}/budgets`, status: 500 }]);
    const before = sandbox.calls.length;
    expect((await failureOf(replace(made.nativeId, input))).details.effect).toBe('never');
    const calls = sandbox.calls.slice(before);
    expect(calls.map(({ path }) => path)).toContain(`${base}/budgets/${made.nativeId}`);
    expect(calls.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('removes it, and knows it no more', async () => {
    const made = await create();
    await sourceOf().writes?.remove?.send(session(), { nativeId: made.nativeId }, 'key');
    expect((await sourceOf().list(session())).items.map(({ nativeId }) => nativeId)).not.toContain(made.nativeId);
    expect((await failureOf(replace(made.nativeId, input))).kind).toBe('vendor-not-found');
  });
});

describe('what a budget of Elastic Cloud cannot hold', () => {
  it.each<[string, Partial<BudgetInput>, RegExp]>([
    ['a period other than a month', { period: 'quarterly' }, /monthly/],
    ['a currency that an ECU is not priced in', { limit: { amount: '1', currency: 'EUR' } }, /in USD/],
    ['a service', { scope: { service: 'kibana' } }, /can name an account/],
    ['a region', { scope: { region: 'eu' } }, /can name an account/],
    ['a view', { scope: { view: 'v' } }, /can name an account/],
    ['a cost center', { scope: { costCenter: 'c' } }, /can name an account/],
    ['addresses', { alerts: [{ thresholdPercent: '80', recipients: ['ops@example.com'] }] }, /no recipients/],
    ['a fraction of a percent', { alerts: [{ thresholdPercent: '99.5', recipients: [] }] }, /whole percentages/],
  ])('is %s', (_what, more, sentence) => {
    expect(cannotHold({ ...input, ...more }, 'USD')).toMatch(sentence);
  });

  it('is nothing else', () => {
    expect(cannotHold(input, 'USD')).toBeNull();
    expect(cannotHold({ ...input, scope: {}, alerts: [] }, 'USD')).toBeNull();
  });
});

describe('whether a budget is what was asked for', () => {
  const held: Budget = {
    nativeId: '1',
    nativePeriod: null,
    spent: null,
    forecast: null,
    createdAt: null,
    updatedAt: null,
    ...input,
    alerts: [{ thresholdPercent: '80', recipients: [] }],
  };
  it('depends on everything that a write sets', () => {
    expect(matches(held, input)).toBe(true);
    expect(matches({ ...held, name: 'Other' }, input)).toBe(false);
    expect(matches({ ...held, limit: { amount: '1201', currency: 'USD' } }, input)).toBe(false);
    expect(matches({ ...held, scope: {} }, input)).toBe(false);
    expect(matches({ ...held, alerts: [] }, input)).toBe(false);
    expect(matches({ ...held, period: 'other' }, input)).toBe(false);
  });
});
