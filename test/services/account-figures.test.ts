import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listAccounts } from '../../routes/list-accounts.ts';
import { listCostCenters } from '../../routes/list-cost-centers.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { metaSchema } from '../../src/domain/meta.ts';
import { moneySchema } from '../../src/domain/money.ts';
import type { Account, CostCenter } from '../../src/domain/nouns.ts';
import type { Cube, SourceCost } from '../../src/vendor/contract/contract.ts';
import type { RunningApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { ToyVendor, type ToyVendorOptions, toyCubes } from '../support/toy-vendor.ts';
import { startToyVendors } from '../support/toy-vendors-app.ts';

const answerSchema = z.object({
  data: z.array(z.object({ id: z.string(), currentMonth: moneySchema.nullable() })),
  meta: metaSchema,
});
const usd = (amount: string) => ({ amount, currency: 'USD' });
const account = (nativeId: string, more: Partial<Account> = {}): Account => ({
  nativeId,
  name: nativeId,
  kind: 'account',
  parentId: null,
  state: 'active',
  currentMonth: null,
  previousMonth: null,
  forecast: null,
  ...more,
});
const below = (parentId: string): Partial<Account> => ({ kind: 'sub-account', parentId });
const center = (nativeId: string, accounts: readonly string[], more: Partial<CostCenter> = {}): CostCenter => ({
  nativeId,
  name: nativeId,
  accounts,
  currentMonth: null,
  ...more,
});
const paid: Cube = { ...toyCubes.range, quota: 'cost-queries' };

let clock: VirtualClock;
let vendor: ToyVendor;
let listed: Account[];
let centers: CostCenter[];
let app: RunningApp;
/** What each account costs on a day. */
let costs: Record<string, string>;
const start = async (options: ToyVendorOptions = {}, at = '2026-11-21T10:00:00Z') => {
  clock = new VirtualClock(at);
  vendor = new ToyVendor(clock, {
    cubes: [toyCubes.range],
    capabilities: {
      accounts: { list: async () => ({ items: listed, notes: [], faults: [] }) },
      costCenters: { list: async () => ({ items: centers, notes: [], faults: [] }) },
    },
    ...options,
  });
  vendor.rewrite = (_rows, question) =>
    ['2026-11-01', '2026-11-02'].flatMap((day) =>
      Object.entries(costs).map(
        ([id, amount]): SourceCost => ({
          day,
          values: question.dimensions.map((dimension) => (dimension === 'account' ? id : null)),
          amount,
          currency: id === 'foreign' ? 'EUR' : 'USD',
        }),
      ),
    );
  app = await startToyVendors([vendor], clock);
};
beforeEach(async () => {
  listed = [account('a'), account('b')];
  centers = [];
  costs = { a: '1.25', b: '0.1' };
  await start();
});
afterEach(() => app.close());

const read = async (path: string, { answers }: typeof listAccounts | typeof listCostCenters) => {
  const answer = await app.get(path);
  expect(answer.status, answer.text).toBe(200);
  expect(answers[200]?.schema?.parse(answer.body)).toEqual(answer.body);
  const { data, meta } = answerSchema.parse(answer.body);
  return {
    months: Object.fromEntries(data.map(({ id, currentMonth }) => [id.split(':')[1], currentMonth])),
    notes: meta.providers[0]?.notes.map(({ code }) => code),
    status: meta.providers[0]?.status,
  };
};
const accounts = () => read('/v1/accounts', listAccounts);
const costCenters = () => read('/v1/cost-centers', listCostCenters);

describe('the current month of an account', () => {
  it('is the sum of its costs where the list of the vendor lacks it', async () => {
    expect(await accounts()).toEqual({
      months: { a: usd('2.5'), b: usd('0.2') },
      notes: ['current-month-from-costs'],
      status: 'fresh',
    });
  });

  it("is the vendor's own where it has one, and then costs no call", async () => {
    listed = [account('a', { currentMonth: usd('7') })];
    expect(await accounts()).toEqual({ months: { a: usd('7') }, notes: [], status: 'fresh' });
    expect(vendor.calls).toBe(0);
  });

  it('costs no call beyond those of the same question about costs', async () => {
    await app.get('/v1/costs?groupBy=account');
    const calls = vendor.calls;
    await accounts();
    expect(vendor.calls).toBe(calls);
  });

  it('is the sum of the accounts below it, and not known where there are none', async () => {
    listed = [account('top'), account('a', below('top')), account('b', below('top')), account('childless')];
    expect((await accounts()).months).toEqual({ top: usd('2.7'), a: usd('2.5'), b: usd('0.2'), childless: null });
  });

  it('is zero for an account without costs only where all costs of the month are known', async () => {
    listed.push(account('idle'));
    expect((await accounts()).months).toMatchObject({ idle: usd('0') });
    await app.close();
    await start({}, '2026-11-02T10:00:00Z');
    expect((await accounts()).months).toMatchObject({ a: usd('2.5'), idle: null });
  });

  it('is not known where it would be in several currencies', async () => {
    costs = { a: '1', foreign: '2' };
    listed = [account('top'), account('a', below('top')), account('foreign', below('top'))];
    expect((await accounts()).months).toEqual({
      top: null,
      a: usd('2'),
      foreign: { amount: '4', currency: 'EUR' },
    });
  });

  it('is not known where a part of the costs is not, and the list itself is whole', async () => {
    vendor.faults = [{ path: 'rows[3].amount', message: 'is no amount' }];
    expect(await accounts()).toEqual({
      months: { a: null, b: null },
      notes: ['current-month-not-read'],
      status: 'fresh',
    });
  });

  it('is not known where the costs cannot be read', async () => {
    vendor.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    expect(await accounts()).toMatchObject({ months: { a: null, b: null }, status: 'fresh' });
  });

  it('is not known where the vendor does not tell accounts apart', async () => {
    await app.close();
    await start({ cubes: [toyCubes.month] });
    expect(await accounts()).toEqual({ months: { a: null, b: null }, notes: [], status: 'fresh' });
    expect(vendor.calls).toBe(0);
  });

  it('never costs a query that counts against a quota: it is known once others have asked', async () => {
    await app.close();
    await start({ cubes: [paid], quotas: [{ name: 'cost-queries', limit: 60, windowMs: 86_400_000 }] });
    expect(await accounts()).toMatchObject({ months: { a: null, b: null }, notes: ['current-month-not-read'] });
    expect(vendor.calls).toBe(0);
    await app.get('/v1/costs?groupBy=account,region');
    const calls = vendor.calls;
    expect(calls).toBeGreaterThan(0);
    // Due for a refresh, which others have to ask for.
    await clock.advance(5_400_000);
    expect(await accounts()).toMatchObject({ months: { a: usd('2.5'), b: usd('0.2') } });
    expect(vendor.calls).toBe(calls);
  });
});

describe('the current month of a cost center', () => {
  it('is the sum of its accounts where it is no more and no less than these', async () => {
    listed = [account('top'), account('a', below('top')), account('b', below('top')), account('own')];
    listed[3] = account('own', { currentMonth: usd('10') });
    centers = [
      center('sum', ['top', 'own'], { sumsAccounts: true }),
      center('tagged', ['top']),
      center('told', ['top'], { currentMonth: usd('3'), sumsAccounts: true }),
      center('elsewhere', ['top', 'gone'], { sumsAccounts: true }),
    ];
    expect((await costCenters()).months).toEqual({
      sum: usd('12.7'),
      tagged: null,
      told: usd('3'),
      elsewhere: null,
    });
  });

  it('asks for no costs where no center is a sum', async () => {
    centers = [center('tagged', ['a'])];
    expect((await costCenters()).months).toEqual({ tagged: null });
    expect(vendor.calls).toBe(0);
  });
});
