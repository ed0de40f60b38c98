import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../../../src/store/memory.ts';
import { VirtualClock } from '../../../support/clock.ts';
import { bareCore, core, startToyApp, type ToyApp } from './toy-app.ts';

let running: ToyApp;
beforeEach(async () => {
  running = await startToyApp();
});
afterEach(() => running.app.close());
const ask: ToyApp['ask'] = (...request) => running.ask(...request);

/** What the whole of a connection cost from a day on. */
const cost = async (connection: string, more = ''): Promise<string> => {
  const answer = await ask('GET', `/v1/costs?connection=${connection}&granularity=total${more}`);
  return Object(answer.body).totals[0]?.amount ?? '0';
};
const only = async (path: string): Promise<Record<string, unknown>> => {
  const { data } = Object((await ask('GET', path)).body);
  expect(data).toHaveLength(1);
  return data[0];
};

describe('what was spent', () => {
  it.each([
    ['everything', {}, ''],
    ['an account', { account: 'a1' }, '&account=a1'],
    ['a service in a region', { service: 'storage', region: 'eu' }, '&service=storage&region=eu'],
    ['what costs nothing', { service: 'never seen' }, '&service=never seen'],
  ])('of %s is what its costs say, where the vendor does not tell', async (_what, scope, filter) => {
    running.toy.put({ nativeId: 'b-1', scope, limit: { amount: '1', currency: 'USD' } });
    const budget = await only('/v1/budgets');
    expect(budget.spent).toEqual({ amount: await cost('toy', filter.replace(' ', '%20')), currency: 'USD' });
  });

  it.each([
    ['monthly', '2026-11-01'],
    ['quarterly', '2026-10-01'],
    ['annual', '2026-01-01'],
    ['daily', '2026-11-21'],
  ] as const)('counts from the beginning of a %s period', async (period, start) => {
    running.toy.put({ nativeId: 'b-1', period });
    expect(await only('/v1/budgets')).toMatchObject({ spent: { amount: await cost('toy', `&start=${start}`) } });
  });

  it.each([
    ['a view', { scope: { view: 'v' } }],
    ['a cost center', { scope: { costCenter: 'c' } }],
    ['a period of its own', { period: 'other', nativePeriod: 'fortnight' }],
  ] as const)('of %s stays unknown', async (_what, more) => {
    running.toy.put({ nativeId: 'b-1', ...more });
    expect(await only('/v1/budgets')).toMatchObject({ spent: null, percentUsed: null, status: 'unknown' });
    expect((await ask('GET', '/v1/budgets')).body).toMatchObject({ meta: { complete: true } });
  });

  it('of a budget without a limit is read, in the currency of its costs', async () => {
    running.toy.put({ nativeId: 'b-1', limit: null });
    expect(await only('/v1/budgets')).toMatchObject({
      limit: null,
      spent: { amount: await cost('toy', '&start=2026-11-01'), currency: 'USD' },
      remaining: null,
      percentUsed: null,
      status: 'unknown',
    });
    expect(await only('/v1/budgets?status=unknown')).toMatchObject({ limit: null });
    expect((await ask('GET', '/v1/budgets')).body).toMatchObject({ meta: { complete: true } });
  });

  it('in past periods of a budget without a limit is told without a percentage', async () => {
    running.toy.put({ nativeId: 'b-1', limit: null, alerts: [{ thresholdPercent: '80', recipients: [] }] });
    const { status, body } = await ask('GET', '/v1/budgets/toy:b-1/history');
    expect(status).toBe(200);
    const { periods, alerts } = Object(body).data;
    expect(periods.length).toBeGreaterThan(0);
    for (const period of periods) {
      expect(period).toMatchObject({ limit: null, percentUsed: null, spent: { currency: 'USD' } });
    }
    expect(alerts).toEqual([]);
  });

  it('is the figure of the vendor where it tells one', async () => {
    running.toy.put({ nativeId: 'b-1', spent: { amount: '80', currency: 'USD' } });
    expect(await only('/v1/budgets')).toMatchObject({ spent: { amount: '80' }, percentUsed: '80', status: 'warning' });
  });

  it('stays unknown, with a note, where the costs are in another currency', async () => {
    running.toy.put({ nativeId: 'b-1', limit: { amount: '1', currency: 'EUR' } });
    expect((await ask('GET', '/v1/budgets')).body).toMatchObject({
      data: [{ spent: null, status: 'unknown' }],
      meta: { complete: true, providers: [{ notes: [{ code: 'budget-spend-unknown' }] }, {}] },
    });
  });

  it('is not known while the costs cannot be read, and the answer says that it is not complete', async () => {
    await ask('POST', '/v1/budgets', bareCore);
    running.bare.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    await running.clock.advance(40 * 86_400_000);
    const listed = await ask('GET', '/v1/budgets?connection=bare', undefined, { 'cache-control': 'no-cache' });
    expect(listed.body).toMatchObject({ meta: { complete: false } });
  });
});

describe('budgets that the gateway keeps', () => {
  it('outlive the process, and are seen by whoever shares the store', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const [one, other] = await Promise.all([startToyApp({ store }), startToyApp({ store })]);
    await other.ask('GET', '/v1/budgets');
    await one.ask('POST', '/v1/budgets', bareCore);
    await one.app.close();
    expect((await other.ask('GET', '/v1/budgets')).body).toMatchObject({ data: [{ name: 'Core platform' }] });
    await other.app.close();
  });

  it('are one for one key, and two for two', async () => {
    for (const key of ['a', 'a', 'b']) await ask('POST', '/v1/budgets', bareCore, { 'idempotency-key': key });
    const { data } = Object((await ask('GET', '/v1/budgets')).body);
    expect(new Set(data.map((each: { id: string }) => each.id)).size).toBe(2);
    expect(data).toHaveLength(2);
  });
});

describe('filters', () => {
  it('keep provider, connection, status and period', async () => {
    running.toy.put({ nativeId: 'over', spent: { amount: '101', currency: 'USD' } });
    running.toy.put({ nativeId: 'near', spent: { amount: '85', currency: 'USD' }, period: 'annual' });
    await ask('POST', '/v1/budgets', { ...bareCore, limit: { amount: '999999999999999', currency: 'USD' } });
    const ids = async (query: string): Promise<string[]> =>
      Object((await ask('GET', `/v1/budgets?${query}`)).body).data.map((each: { name: string }) => each.name);
    expect(await ids('status=exceeded')).toEqual(['over']);
    expect(await ids('status=exceeded&status=warning')).toEqual(['over', 'near']);
    expect(await ids('period=annual')).toEqual(['near']);
    expect(await ids('provider=bare')).toEqual(['Core platform']);
    expect(await ids('connection=toy')).toEqual(['over', 'near']);
    expect((await ask('GET', '/v1/budgets?connection=nobody')).status).toBe(400);
    expect((await ask('GET', '/v1/budgets?strict=true')).status).toBe(200);
  });
});

describe('GET /v1/budgets/{id}/history', () => {
  const history = async (
    id: string,
  ): Promise<{ periods: Record<string, unknown>[]; alerts: Record<string, unknown>[] }> => {
    const answer = await ask('GET', `/v1/budgets/${encodeURIComponent(id)}/history`);
    expect(answer.status).toBe(200);
    return Object(answer.body).data;
  };

  it('is the spend of each past period, from the costs, the earliest first', async () => {
    running.toy.put({ nativeId: 'b-1', scope: { account: 'a1' }, limit: { amount: '1000', currency: 'USD' } });
    const { periods } = await history('toy:b-1');
    expect(periods).toHaveLength(12);
    expect(periods[0]).toMatchObject({ start: '2025-11-01', end: '2025-12-01' });
    expect(periods.at(-1)).toMatchObject({
      start: '2026-10-01',
      end: '2026-11-01',
      limit: { amount: '1000', currency: 'USD' },
      spent: { amount: await cost('toy', '&account=a1&start=2026-10-01&end=2026-11-01'), currency: 'USD' },
    });
  });

  it('names the day on which each threshold was crossed, in past periods and in the present one', async () => {
    const october = await cost('toy', '&start=2026-10-01&end=2026-11-01');
    running.toy.put({
      nativeId: 'b-1',
      limit: { amount: october, currency: 'USD' },
      alerts: [
        { thresholdPercent: '100', recipients: [] },
        { thresholdPercent: '1', recipients: [] },
      ],
    });
    const { alerts } = await history('toy:b-1');
    const inOctober = alerts.filter((alert) => String(alert.firedAt).startsWith('2026-10'));
    expect(inOctober.map((alert) => alert.thresholdPercent)).toContain('1');
    for (const alert of alerts) {
      expect(alert.firedAt).toMatch(/^20\d\d-\d\d-\d\dT00:00:00Z$/);
      expect(String(alert.firedAt) <= '2026-11-21T00:00:00Z').toBe(true);
    }
    expect(alerts.some((alert) => String(alert.firedAt).startsWith('2026-11'))).toBe(true);
  });

  it("is the vendor's own where it has one", async () => {
    await running.app.close();
    const spans = [
      {
        start: '2026-10-01',
        end: '2026-11-01',
        limit: { amount: '200', currency: 'USD' },
        spent: { amount: '175', currency: 'USD' },
      },
    ];
    const alerts = [
      { thresholdPercent: '80', firedAt: '2026-10-29T07:00:00Z', spent: { amount: '160', currency: 'USD' } },
    ];
    running = await startToyApp();
    const { source } = running.toy;
    await running.app.close();
    running = await startToyApp({
      capabilities: { budgets: { ...source, history: async () => ({ items: spans, alerts, notes: [], faults: [] }) } },
    });
    await ask('POST', '/v1/budgets', core);
    expect(await history('toy:b-1')).toEqual({ periods: [{ ...spans[0], percentUsed: '87.5' }], alerts });
  });

  it('is 422 where neither the vendor nor the costs show one', async () => {
    running.toy.put({ nativeId: 'b-1', scope: { view: 'v' } });
    running.toy.put({ nativeId: 'b-2', period: 'other', nativePeriod: 'fortnight' });
    for (const id of ['b-1', 'b-2']) {
      expect(await ask('GET', `/v1/budgets/toy%3A${id}/history`)).toMatchObject({
        status: 422,
        body: { type: '/problems/capability-unsupported' },
      });
    }
  });
});

it('a budget of the vendor is removed while its costs hang', async () => {
  running.toy.put({ nativeId: 'b-1' });
  const goOn = running.toyCosts.hang();
  expect((await ask('DELETE', '/v1/budgets/toy:b-1')).status).toBe(204);
  goOn();
  expect(Object((await ask('GET', '/v1/budgets')).body).data).toEqual([]);
});

it('a budget is answered three seconds after it was made while its costs hang', async () => {
  const goOn = running.toyCosts.hang();
  let status = 0;
  const asked = ask('POST', '/v1/budgets', core).then((answer) => {
    status = answer.status;
  });
  await running.clock.advance(3_000);
  await vi.waitFor(() => expect(status).toBe(201), { timeout: 10_000 });
  goOn();
  await asked;
});
