import { describe, expect, it } from 'vitest';
import { decimalText } from '../../../src/domain/decimal.ts';
import { Failure } from '../../../src/vendor/kit/index.ts';
import { invoicedPrices } from './normalise.ts';

const october = {
  currency: 'USD',
  ecu_total: 1000,
  invoiced_amount_in_cents: 95_000,
  period_start_date: '2026-10-01T00:00:00Z',
  period_end_date: '2026-10-31T23:59:59Z',
};
const pricesOf = (statements: unknown, currency = 'USD', today = '2026-11-21') =>
  invoicedPrices({ invoices: [], statements }, currency, today).prices.map(
    ({ from, price }) => `${from} ${decimalText(price)}`,
  );

describe('the price of an ECU by what was invoiced', () => {
  it('is the invoiced amount divided by the ECU of its statement, from its month on', () => {
    expect(pricesOf([october])).toEqual(['2026-10-01 0.95']);
  });

  it('has twelve digits where the quotient has no end', () => {
    expect(pricesOf([{ ...october, ecu_total: 3, invoiced_amount_in_cents: 200 }])).toEqual([
      '2026-10-01 0.666666666667',
    ]);
    expect(
      pricesOf([{ ...october, ecu_total: '22049.588349509471225071', invoiced_amount_in_cents: 2_012_025 }]),
    ).toEqual(['2026-10-01 0.912500028621']);
  });

  it.each([
    ['the last day', '2026-10-31'],
    ['the last second', '2026-10-31T23:59:59Z'],
    ['the first day after', '2026-11-01T00:00:00Z'],
  ])('is found where a period ends with %s', (_what, end) => {
    expect(pricesOf([{ ...october, period_end_date: end }])).toEqual(['2026-10-01 0.95']);
  });

  it('begins anew only where it changes', () => {
    const monthly = ['2026-07', '2026-08', '2026-09'].map((month, index) => ({
      ...october,
      invoiced_amount_in_cents: index === 2 ? 90_000 : 95_000,
      period_start_date: `${month}-01`,
      period_end_date: `${month}-30`.replace('07-30', '07-31').replace('08-30', '08-31'),
    }));
    expect(pricesOf(monthly.reverse())).toEqual(['2026-07-01 0.95', '2026-09-01 0.9']);
  });

  it('says up to which month there are statements, also where they charge nothing', () => {
    const through = (statements: unknown) => invoicedPrices({ statements }, 'USD', '2026-11-21').through;
    expect(through([october])).toBe('2026-11-01');
    expect(through([{ ...october, invoiced_amount_in_cents: 0 }])).toBe('2026-11-01');
    expect(through([])).toBeNull();
  });

  it('is of all statements of a month together', () => {
    expect(pricesOf([october, { ...october, ecu_total: 500, invoiced_amount_in_cents: 40_000 }])).toEqual([
      '2026-10-01 0.9',
    ]);
  });

  it('is one for all months of a longer statement', () => {
    expect(pricesOf([{ ...october, period_start_date: '2026-08-01' }])).toEqual(['2026-08-01 0.95']);
  });

  it.each([
    ['is not over', { period_start_date: '2026-11-01', period_end_date: '2026-11-30' }],
    ['begins inside a month', { period_start_date: '2026-10-05' }],
    ['ends inside a month', { period_end_date: '2026-10-20' }],
    ['is in another currency', { currency: 'EUR' }],
    ['charges nothing, as with prepaid credit', { invoiced_amount_in_cents: 0 }],
    ['pays something back', { invoiced_amount_in_cents: -500 }],
    ['has no ECU', { ecu_total: 0 }],
    ['has no period', { period_end_date: undefined }],
    ['cannot be read', { ecu_total: 'many' }],
  ])('does not follow from a statement that %s', (_what, more) => {
    expect(pricesOf([{ ...october, ...more }])).toEqual([]);
  });

  it('is taken in the currency of the connection', () => {
    expect(pricesOf([{ ...october, currency: 'eur' }], 'EUR')).toEqual(['2026-10-01 0.95']);
  });

  it('is not known without statements, and an answer of another shape is refused', () => {
    for (const statements of [undefined, null, []]) expect(pricesOf(statements)).toEqual([]);
    for (const json of [null, [], 'x', { statements: {} }]) {
      expect(() => invoicedPrices(json, 'USD', '2026-11-21')).toThrow(Failure);
    }
  });
});
