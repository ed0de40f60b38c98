import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { forecastCosts } from '../../routes/forecast-costs.ts';
import { add, decimal, decimalText, zero } from '../../src/domain/decimal.ts';
import { noteSchema } from '../../src/domain/meta.ts';
import { moneySchema } from '../../src/domain/money.ts';
import type { Account, ExchangeRate } from '../../src/domain/nouns.ts';
import type { AccountSource } from '../../src/vendor/contract/contract.ts';
import type { RunningApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { toyCubes } from '../support/toy-vendor.ts';
import { startToyVendors, steadyVendor } from '../support/toy-vendors-app.ts';

const answerSchema = z.object({
  data: z.array(
    z.object({
      start: z.string(),
      group: z.record(z.string(), z.string().nullable()),
      cost: moneySchema,
      lower: moneySchema,
      upper: moneySchema,
      method: z.string(),
    }),
  ),
  meta: z.object({
    complete: z.boolean(),
    providers: z.array(z.object({ connection: z.string(), notes: z.array(noteSchema) })),
    conversions: z.array(z.object({ from: z.string(), to: z.string(), rate: z.string() })).optional(),
  }),
});

const accountOf = (nativeId: string, forecast: string | null, more: Partial<Account> = {}): Account => ({
  nativeId,
  name: nativeId,
  kind: 'account',
  parentId: null,
  state: 'active',
  currentMonth: null,
  previousMonth: null,
  forecast: forecast === null ? null : { amount: forecast, currency: 'USD' },
  ...more,
});
const inEuro: ExchangeRate = {
  from: 'USD',
  to: 'EUR',
  rate: '0.5',
  validFrom: '2026-01-01',
  validTo: '2027-01-01',
  custom: false,
};

let clock: VirtualClock;
let listed: Account[];
let faults: Awaited<ReturnType<AccountSource['list']>>['faults'];
let app: RunningApp;
const start = async (at = '2026-11-21T10:00:00Z') => {
  clock = new VirtualClock(at);
  const cubes = [toyCubes.range];
  const accounts: AccountSource = { list: async () => ({ items: listed, notes: [], faults }) };
  app = await startToyVendors(
    [
      steadyVendor(clock, 10, { name: 'acme', cubes, capabilities: { accounts } }),
      steadyVendor(clock, 30, { name: 'umbrella', cubes }),
    ],
    clock,
    { exchangeRates: [{ ...inEuro, source: 'config' }] },
  );
};
beforeEach(async () => {
  listed = [accountOf('a1', '400.25'), accountOf('a2', '99.75'), accountOf('a3', null, { kind: 'sub-account' })];
  faults = [];
  await start();
});
afterEach(() => app.close());

const forecast = async (query: string) => {
  const answer = await app.get(`/v1/costs/forecast?${query}`);
  expect(answer.status, answer.text).toBe(200);
  expect(forecastCosts.answers[200]?.schema?.parse(answer.body)).toEqual(answer.body);
  const { data, meta } = answerSchema.parse(answer.body);
  const rows = data.map(({ start: from, cost, method }) => [from, cost.amount, cost.currency, method]);
  const notes = Object.fromEntries(
    meta.providers.map((each) => [
      each.connection,
      each.notes.map(({ code }) => code).filter((code) => code.endsWith('-forecast')),
    ]),
  );
  return { data, meta, rows, notes };
};
const sumOf = (amounts: readonly string[]): string =>
  decimalText(amounts.reduce((sum, amount) => add(sum, decimal(amount)), zero));

describe('whose forecast stands', () => {
  it.each(['', '&groupBy=provider', '&groupBy=connection', '&groupBy=provider,connection'])(
    "is the vendor's for a whole connection by month, grouped by%s",
    async (grouping) => {
      const { rows, notes, data } = await forecast(`granularity=monthly&connection=acme${grouping}`);
      expect(rows).toEqual([['2026-11-01', '500', 'USD', 'vendor']]);
      expect(decimal(data[0]?.lower.amount ?? '').lessThanOrEqualTo(decimal('500'))).toBe(true);
      expect(notes).toEqual({ acme: ['vendor-forecast'] });
    },
  );

  it('is the same for every grouping over several connections, whose sum says that methods are mixed', async () => {
    const byConnection = await forecast('granularity=monthly&groupBy=connection');
    const byProvider = await forecast('granularity=monthly&groupBy=provider');
    const whole = await forecast('granularity=monthly');
    expect(byConnection.rows.map(([, , , method]) => method)).toEqual(['vendor', 'seasonal']);
    expect(byProvider.rows).toEqual(byConnection.rows);
    expect(whole.rows).toEqual([
      ['2026-11-01', sumOf(byConnection.data.map(({ cost }) => cost.amount)), 'USD', 'mixed'],
    ]);
    expect(whole.notes).toEqual({ acme: ['vendor-forecast'], umbrella: ['gateway-forecast'] });
    for (const bound of ['lower', 'upper'] as const) {
      expect(whole.data[0]?.[bound].amount).toBe(sumOf(byConnection.data.map((row) => row[bound].amount)));
    }
  });

  it('adds days up in the same way', async () => {
    const byProvider = await forecast('groupBy=provider&limit=1000');
    const whole = await forecast('limit=1000');
    expect(whole.data.length).toBeGreaterThan(5);
    for (const point of whole.data) {
      const parts = byProvider.data.filter((each) => each.start === point.start).map(({ cost }) => cost.amount);
      expect(point.cost.amount).toBe(sumOf(parts));
    }
    expect(whole.notes).toEqual({ acme: ['gateway-forecast'], umbrella: ['gateway-forecast'] });
  });

  it("stays the vendor's in its own currency, and in another at the rate of today, which is named", async () => {
    const own = await forecast('granularity=monthly&connection=acme&currency=USD');
    expect(own.rows).toEqual([['2026-11-01', '500', 'USD', 'vendor']]);
    const other = await forecast('granularity=monthly&connection=acme&currency=EUR&groupBy=provider');
    expect(other.rows).toEqual([['2026-11-01', '250', 'EUR', 'vendor']]);
    expect(other.meta.conversions).toMatchObject([{ from: 'USD', to: 'EUR', rate: '0.5' }]);
  });

  it("is the gateway's where no rate is known, in the currency that the costs stay in", async () => {
    const { rows, notes } = await forecast('granularity=monthly&connection=acme&currency=JPY');
    expect(rows).toMatchObject([['2026-11-01', expect.any(String), 'USD', 'seasonal']]);
    expect(notes).toEqual({ acme: ['gateway-forecast'] });
  });

  it.each([
    ['by day', 'granularity=daily'],
    ['of one account', 'granularity=monthly&account=a1'],
    ['by service', 'granularity=monthly&groupBy=connection,service'],
    ['of a part of the month', 'granularity=monthly&horizon=2026-11-27'],
  ])("is the gateway's %s", async (_what, query) => {
    const { data, notes } = await forecast(`connection=acme&${query}`);
    expect(data.length).toBeGreaterThan(0);
    expect(new Set(data.map(({ method }) => method))).toEqual(new Set(['seasonal']));
    expect(notes).toEqual({ acme: ['gateway-forecast'] });
  });

  it("is the gateway's for the months after the running one", async () => {
    const { rows } = await forecast('granularity=monthly&connection=acme&horizon=2026-12-31');
    expect(rows.map(([from, , , method]) => [from, method])).toEqual([
      ['2026-11-01', 'vendor'],
      ['2026-12-01', 'seasonal'],
    ]);
  });

  it.each<[string, () => void]>([
    ['an account without one', () => listed.push(accountOf('a4', null))],
    ['another currency', () => listed.push(accountOf('a4', null, { forecast: { amount: '1', currency: 'EUR' } }))],
    ['an account that could not be read', () => (faults = [{ path: 'accounts[3]', message: 'is no account' }])],
  ])("is the gateway's where the vendor's lacks something: %s", async (_what, spoil) => {
    spoil();
    const { rows, notes } = await forecast('granularity=monthly&connection=acme');
    expect(rows).toMatchObject([['2026-11-01', expect.any(String), 'USD', 'seasonal']]);
    expect(notes).toEqual({ acme: ['gateway-forecast'] });
  });

  it('is of the running month on its last day too', async () => {
    await app.close();
    await start('2026-11-30T10:00:00Z');
    const { rows } = await forecast('granularity=monthly&connection=acme&horizon=2026-12-31');
    expect(rows.map(([from, amount, , method]) => [from, method === 'vendor' ? amount : method])).toEqual([
      ['2026-11-01', '500'],
      ['2026-12-01', 'seasonal'],
    ]);
  });

  it('is not one that the vendor gave for the month before', async () => {
    await app.close();
    await start('2026-11-30T23:30:00Z');
    await forecast('granularity=monthly&connection=acme&horizon=2026-12-31');
    await clock.advance(45 * 60_000);
    const { rows } = await forecast('granularity=monthly&connection=acme&horizon=2026-12-31');
    expect(rows.map(([from, , , method]) => [from, method])).toEqual([
      ['2026-11-01', 'seasonal'],
      ['2026-12-01', 'seasonal'],
    ]);
  });
});
