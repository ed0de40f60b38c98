import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ForecastPoint, forecastSeries } from '../../src/analysis/index.ts';
import { compare, type Decimal, decimal, decimalText, timesPowerOfTen, zero } from '../../src/domain/decimal.ts';
import { amountsOf, dayOfMonth, numberOf, start, unrest, weekly } from './amounts.ts';

const texts = ({ day, amount, lower, upper }: ForecastPoint) => [day, ...[amount, lower, upper].map(decimalText)];
const textsOf = (amounts: readonly (Decimal | null)[], horizonDays: number) =>
  forecastSeries({ start, amounts, horizonDays }).points.map(texts);

describe('forecastSeries', () => {
  test('says nothing of a series without a known day', () => {
    expect(forecastSeries({ start, amounts: [], horizonDays: 3 })).toEqual({ method: 'none', points: [] });
    expect(forecastSeries({ start, amounts: [null, null], horizonDays: 3 })).toEqual({ method: 'none', points: [] });
  });

  test('begins on the day after the last amount, known or not', () => {
    const { points } = forecastSeries({
      start,
      amounts: amountsOf(3, (index) => (index < 2 ? 5 : null)),
      horizonDays: 2,
    });
    expect(points.map(({ day }) => day)).toEqual(['2026-01-08', '2026-01-09']);
  });

  test('repeats a single day with a wide interval', () => {
    const { method, points } = forecastSeries({ start, amounts: [decimal('10')], horizonDays: 1 });
    expect(method).toBe('level');
    expect(points).toEqual([{ day: '2026-01-06', amount: decimal('10'), lower: decimal('5'), upper: decimal('15') }]);
  });

  test('is sure of what has always been the same', () => {
    expect(
      textsOf(
        amountsOf(60, () => 48.24),
        1,
      ),
    ).toEqual([['2026-03-06', '48.24', '48.24', '48.24']]);
  });

  test('expects nothing where nothing was spent', () => {
    expect(
      textsOf(
        amountsOf(40, () => 0),
        1,
      ),
    ).toEqual([['2026-02-14', '0', '0', '0']]);
  });

  test('knows weekends, in spite of holes and a wild day', () => {
    const amounts = amountsOf(70, (index) => (index % 11 === 3 ? null : index === 66 ? 900 : weekly(index)));
    const { method, points } = forecastSeries({ start, amounts, horizonDays: 7 });
    expect(method).toBe('seasonal');
    for (const [index, { amount }] of points.entries()) expect(numberOf(amount)).toBeCloseTo(weekly(index), -1);
  });

  test('follows a level that has shifted', () => {
    const amounts = amountsOf(80, (index) => weekly(index) * (index < 56 ? 1 : 2) + unrest(index));
    const { points } = forecastSeries({ start, amounts, horizonDays: 30 });
    const expected = points.map((_, index) => 2 * weekly(80 + index));
    for (const [index, { amount }] of points.entries()) {
      expect(Math.abs(numberOf(amount) - (expected[index] ?? 0))).toBeLessThan(20);
    }
  });

  test('lets growth go on, and fade', () => {
    const amounts = amountsOf(100, (index) => 100 + 2 * index + unrest(index));
    const { points } = forecastSeries({ start, amounts, horizonDays: 30 });
    expect(numberOf(points[0]?.amount)).toBeGreaterThan(295);
    expect(numberOf(points[29]?.amount)).toBeGreaterThan(325);
    expect(numberOf(points[29]?.amount)).toBeLessThan(362);
  });

  test('expects the fee of the first on the first', () => {
    const amounts = amountsOf(110, (index) => 50 + unrest(index) / 4 + (dayOfMonth(index) === 1 ? 500 : 0));
    const { points } = forecastSeries({ start, amounts, horizonDays: 14 });
    const first = points.find(({ day }) => day === '2026-05-01');
    expect(numberOf(first?.amount)).toBeGreaterThan(500);
    const others = points.filter(({ day }) => day !== '2026-05-01');
    for (const { amount } of others) expect(numberOf(amount)).toBeLessThan(60);
  });

  test('goes below zero only where costs have been', () => {
    const falling = forecastSeries({
      start,
      amounts: amountsOf(60, (index) => Math.max(0, 60 - index)),
      horizonDays: 30,
    });
    for (const { lower } of falling.points) expect(compare(lower, zero)).not.toBe(-1);
    const credits = forecastSeries({ start, amounts: amountsOf(60, (index) => -20 + unrest(index)), horizonDays: 7 });
    for (const { upper } of credits.points) expect(numberOf(upper)).toBeLessThan(0);
  });

  test('keeps its proportions whatever the unit of money', () => {
    const great = amountsOf(60, weekly).map((amount) => (amount === null ? null : timesPowerOfTen(amount, 150)));
    const point = forecastSeries({ start, amounts: great, horizonDays: 1 }).points[0];
    expect(decimalText(point?.amount ?? zero)).toMatch(/^(9{2}|10)\d{150,151}$/);
  });

  test('gives an ordered interval and a canonical amount for any series', () => {
    const amount = fc.option(
      fc.oneof(
        fc.constant('0'),
        fc.integer({ min: -1_000_000, max: 1_000_000 }).map(String),
        fc.double({ min: 1e-9, max: 1e12, noNaN: true }).map(String),
      ),
      { nil: null, freq: 5 },
    );
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 90 }), fc.integer({ min: 0, max: 40 }), (texts, horizonDays) => {
        const amounts = texts.map((text) => (text === null ? null : decimal(text)));
        const known = amounts.filter((value) => value !== null);
        const { points } = forecastSeries({ start, amounts, horizonDays });
        expect(points.length).toBe(known.length === 0 ? 0 : horizonDays);
        const neverNegative = known.every((value) => compare(value, zero) !== -1);
        for (const point of points) {
          expect(compare(point.lower, point.amount)).not.toBe(1);
          expect(compare(point.amount, point.upper)).not.toBe(1);
          if (neverNegative) expect(compare(point.lower, zero)).not.toBe(-1);
        }
      }),
      { numRuns: 150 },
    );
  });
});
