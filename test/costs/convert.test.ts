import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateSpans, type SourcedRate } from '../../src/costs/rows/convert.ts';
import { earlier, later } from '../../src/domain/day.ts';
import { decimal, decimalText, multiply, sum } from '../../src/domain/decimal.ts';
import type { ExchangeRate } from '../../src/domain/nouns.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const eur = (rate: string, validFrom: string, validTo: string, more: Partial<SourcedRate> = {}): SourcedRate => ({
  from: 'EUR',
  to: 'USD',
  rate,
  validFrom,
  validTo,
  custom: false,
  source: 'config',
  ...more,
});
const year = eur('1.0837', '2026-01-01', '2027-01-01');
const clockAt = () => new VirtualClock('2026-11-21T10:00:00Z');
const ranged = { start: '2026-09-01', end: '2026-11-22' };

describe('a conversion', () => {
  it('multiplies exactly and names the rate', async () => {
    const clock = clockAt();
    const vendor = new ToyVendor(clock, { currencies: ['EUR'] });
    const { ask } = openRig([vendor], clock, { rates: [year] });
    const plain = await ask({ granularity: 'total' });
    const converted = await ask({ granularity: 'total', currency: 'USD' });
    const due = decimalText(multiply(decimal(plain.totals[0]?.amount ?? ''), decimal('1.0837')));
    expect(converted.totals).toEqual([{ amount: due, currency: 'USD' }]);
    const { custom: _custom, ...named } = year;
    expect(converted.conversions).toEqual([named]);
    expect(plain.conversions).toBe(null);
  });

  it('takes each day at the rate that holds on it, even inside a month and from monthly figures', async () => {
    const rates = [
      eur('1.1', '2026-09-01', '2026-10-15'),
      eur('1.2', '2026-10-15', '2026-11-10'),
      eur('1.3', '2026-11-10', '2027-01-01'),
    ];
    const clock = clockAt();
    const vendor = new ToyVendor(clock, { currencies: ['EUR'], cubes: [toyCubes.figure, toyCubes.month] });
    const { ask } = openRig([vendor], clock, { rates });
    const days = await ask({ ...ranged, granularity: 'daily' });
    const due = sum(
      days.rows.map((row) => {
        const rate = rates.find((each) => each.validFrom <= row.start && row.start < each.validTo)?.rate ?? '';
        return multiply(decimal(row.cost.amount), decimal(rate));
      }),
    );
    const total = await ask({ ...ranged, granularity: 'total', currency: 'USD' });
    expect(total.totals).toEqual([{ amount: decimalText(due), currency: 'USD' }]);
    expect(total.conversions?.map((each) => each.rate)).toEqual(['1.1', '1.2', '1.3']);
    expect((await ask({ ...ranged, granularity: 'daily', currency: 'USD' })).totals).toEqual(total.totals);
  });

  it('takes a rate of the other direction by its reciprocal, and names it as inverse', async () => {
    const clock = clockAt();
    const { ask } = openRig([new ToyVendor(clock, { currencies: ['USD'] })], clock, {
      rates: [{ ...year, rate: '1.25' }],
    });
    const plain = await ask({ granularity: 'total' });
    const converted = await ask({ granularity: 'total', currency: 'EUR' });
    const due = decimalText(multiply(decimal(plain.totals[0]?.amount ?? ''), decimal('0.8')));
    expect(converted.totals).toEqual([{ amount: due, currency: 'EUR' }]);
    expect(converted.complete).toBe(true);
    expect(converted.conversions).toEqual([
      {
        from: 'USD',
        to: 'EUR',
        rate: '0.8',
        inverse: true,
        validFrom: year.validFrom,
        validTo: year.validTo,
        source: 'config',
      },
    ]);
  });

  it('by a reciprocal that never ends has one total, however it is split, and the rate named explains it', async () => {
    const clock = clockAt();
    const { ask } = openRig([new ToyVendor(clock, { currencies: ['USD'] })], clock, {
      rates: [{ ...year, rate: '3' }],
    });
    const whole = await ask({ granularity: 'total', currency: 'EUR' });
    for (const granularity of ['daily', 'monthly'] as const) {
      const split = await ask({ granularity, groupBy: ['service', 'account'], currency: 'EUR' });
      expect(split.totals).toEqual(whole.totals);
      expect(decimalText(sum(split.rows.map((row) => decimal(row.cost.amount))))).toBe(whole.totals[0]?.amount);
    }
    const plain = await ask({ granularity: 'total' });
    const rate = whole.conversions?.[0]?.rate ?? '';
    expect(rate).toBe(`0.${'3'.repeat(30)}`);
    const due = multiply(decimal(plain.totals[0]?.amount ?? ''), decimal(rate));
    expect(whole.totals[0]?.amount).toBe(decimalText(due));
  });

  it('prefers a rate of its own direction to a reciprocal', async () => {
    const clock = clockAt();
    const vendor = new ToyVendor(clock, { currencies: ['USD'] });
    const own: SourcedRate = { ...year, from: 'USD', to: 'EUR', rate: '0.9' };
    const answer = await openRig([vendor], clock, { rates: [year, own] }).ask({ currency: 'EUR' });
    expect(answer.conversions?.map(({ rate, inverse }) => [rate, inverse])).toEqual([['0.9', undefined]]);
  });

  it('does not happen without a rate: the rows stay in their currency, with a note', async () => {
    const clock = clockAt();
    const { ask } = openRig([new ToyVendor(clock)], clock);
    const answer = await ask({ granularity: 'total', currency: 'USD' });
    expect(answer.totals.map((each) => each.currency)).toEqual(['EUR', 'USD']);
    expect(answer.providers[0]?.notes.map((note) => note.code)).toContain('no-exchange-rate');
    expect(answer.conversions).toEqual([]);
  });

  it('makes the answer incomplete where a rate lacks, and names the currencies and the month', async () => {
    const clock = clockAt();
    const vendor = new ToyVendor(clock, { currencies: ['EUR'] });
    const { ask } = openRig([vendor], clock, { rates: [eur('1.1', '2026-10-01', '2027-01-01')] });
    const answer = await ask({ ...ranged, granularity: 'total', currency: 'USD' });
    expect(answer).toMatchObject({ complete: false, providers: [{ status: 'partial', problem: { status: 422 } }] });
    expect(answer.providers[0]?.problem?.detail).toContain('from EUR to USD in 2026-09.');
    await expect(ask({ ...ranged, currency: 'USD' }, { strict: true })).rejects.toMatchObject({
      kind: 'conversion-unavailable',
    });
  });

  it('leaves a connection complete whose costs need no rate', async () => {
    const clock = clockAt();
    const euros = new ToyVendor(clock, { name: 'euros', currencies: ['EUR'] });
    const dollars = new ToyVendor(clock, { name: 'dollars', currencies: ['USD'] });
    const answer = await openRig([euros, dollars], clock).ask({ granularity: 'total', currency: 'USD' });
    expect(answer.providers.map(({ connection, status }) => [connection, status])).toEqual([
      ['euros', 'partial'],
      ['dollars', 'fresh'],
    ]);
  });

  it('of days before the first rate does not take the next one', async () => {
    const clock = clockAt();
    const vendor = new ToyVendor(clock, { currencies: ['EUR'] });
    const { ask } = openRig([vendor], clock, { rates: [eur('1.1', '2026-10-01', '2027-01-01')] });
    const answer = await ask({ ...ranged, granularity: 'monthly', currency: 'USD' });
    expect(answer.rows.map((row) => `${row.start} ${row.cost.currency}`)).toEqual([
      '2026-09-01 EUR',
      '2026-10-01 USD',
      '2026-11-01 USD',
    ]);
  });

  it('takes a configured rate before a custom one, and that before a published one', async () => {
    const published: ExchangeRate = { ...year, rate: '3', custom: false };
    const custom: ExchangeRate = { ...year, rate: '2', custom: true };
    const list = (items: readonly ExchangeRate[]) => ({ list: async () => ({ items, notes: [], faults: [] }) });
    const rateUsed = async (items: readonly ExchangeRate[], configured: readonly SourcedRate[]) => {
      const clock = clockAt();
      const vendor = new ToyVendor(clock, { capabilities: { exchangeRates: list(items) } });
      const answer = await openRig([vendor], clock, { rates: configured }).ask({ currency: 'USD' });
      return answer.conversions?.map((each) => [each.rate, each.source]);
    };
    expect(await rateUsed([published], [])).toEqual([['3', 'toy']]);
    expect(await rateUsed([published, custom], [])).toEqual([['2', 'toy']]);
    expect(await rateUsed([published, custom], [year])).toEqual([['1.0837', 'config']]);
  });

  it('leaves every vendor answering although the one that publishes the rates hangs', async () => {
    const clock = clockAt();
    const { promise, resolve } = Promise.withResolvers<never>();
    const publisher = new ToyVendor(clock, {
      name: 'acme',
      cubes: [toyCubes.month],
      capabilities: { exchangeRates: { list: () => promise } },
    });
    const other = new ToyVendor(clock, { name: 'umbrella', cubes: [toyCubes.month] });
    other.delayMs = 1000;
    const asked = openRig([publisher, other], clock).ask({ currency: 'USD' });
    const settled = asked.then(
      (answer) => answer.providers.map((each) => each.status),
      (failure: unknown) => failure,
    );
    await clock.advance(20_000);
    // All rows are there, those of EUR in their own currency.
    expect(await settled).toEqual(['partial', 'partial']);
    resolve(Promise.reject(new TypeError('over')).catch(() => new Promise<never>(() => {})));
  });
});

describe('the spans of rates', () => {
  const day = fc.integer({ min: 0, max: 364 }).map((offset) => {
    const date = new Date(Date.UTC(2026, 0, 1 + offset));
    return date.toISOString().slice(0, 10);
  });

  it('never hold two days at which different rates are in force', () => {
    const rate = fc.tuple(day, day).map(([one, other]) => eur('1', earlier(one, other), later(one, other)));
    fc.assert(
      fc.property(fc.array(rate, { maxLength: 6 }), day, day, (rates, left, right) => {
        const { span } = rateSpans(rates, 'USD');
        const inForce = (at: string) => rates.filter((each) => each.validFrom <= at && at < each.validTo);
        if (span(left) === span(right)) expect(inForce(left)).toEqual(inForce(right));
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
