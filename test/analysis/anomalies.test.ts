import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnomalyInput, type DetectedAnomaly, detectAnomalies } from '../../src/analysis/index.ts';
import { addDays } from '../../src/domain/day.ts';
import { compare, decimal, decimalText } from '../../src/domain/decimal.ts';
import { amountsOf, dayOfMonth, start, unrest, weekly } from './amounts.ts';

const detect = (days: number, costOf: (index: number) => number | null, rest: Partial<AnomalyInput> = {}) =>
  detectAnomalies({ start, amounts: amountsOf(days, costOf), sensitivity: 'medium', ...rest });

const told = (anomalies: readonly DetectedAnomaly[]) =>
  anomalies.map(({ day, direction, closedOn }) => [day, direction, closedOn]);

const day = (index: number) => addDays(start, index);
const usual = (index: number): number => weekly(index) + unrest(index);

describe('detectAnomalies', () => {
  test('says nothing of a quiet series', () => {
    expect(detect(200, usual)).toEqual([]);
    expect(detect(200, () => 48.24)).toEqual([]);
    expect(detect(200, () => 0)).toEqual([]);
    expect(detect(0, usual)).toEqual([]);
  });

  test('tells of a spike what was expected and what was', () => {
    const [spike, ...others] = detect(100, (index) => (index === 70 ? 300 : usual(index)));
    expect(others).toEqual([]);
    expect(spike).toMatchObject({ day: day(70), direction: 'increase', severity: 'high', closedOn: day(71) });
    expect(decimalText(spike?.actual ?? decimal('0'))).toBe('300');
    expect(decimalText(spike?.expected ?? decimal('0'))).toMatch(/^(9\d|10\d)\./);
    expect(compare(spike?.actual ?? decimal('0'), spike?.upper ?? decimal('0'))).toBe(1);
  });

  test('tells of a fall below what a holiday costs', () => {
    expect(told(detect(100, (index) => (index === 71 ? 10 : usual(index))))).toEqual([[day(71), 'decrease', day(72)]]);
  });

  test('takes a weekday that looks like a weekend for a holiday', () => {
    expect(detect(120, (index) => (index === 80 || index === 81 ? 60 : usual(index)))).toEqual([]);
  });

  test('says nothing before fourteen days are known', () => {
    expect(detect(14, (index) => (index === 10 ? 900 : usual(index)))).toEqual([]);
    expect(told(detect(16, (index) => (index === 15 ? 900 : usual(index))))).toEqual([[day(15), 'increase', null]]);
  });

  test('does not take the beginning of a service for an anomaly', () => {
    expect(detect(120, (index) => (index < 50 ? 0 : usual(index)))).toEqual([]);
  });

  test('tells a level shift once, and closes it when the band has adapted', () => {
    const anomalies = detect(140, (index) => usual(index) * (index < 70 ? 1 : 1.6));
    expect(told(anomalies)).toEqual([[day(70), 'increase', day(84)]]);
  });

  test('keeps an incident open until it is over', () => {
    const anomalies = detect(120, (index) => usual(index) * (index >= 70 && index < 76 ? 2 : 1));
    expect(told(anomalies)).toEqual([[day(70), 'increase', day(76)]]);
  });

  test('leaves what goes on open', () => {
    expect(told(detect(73, (index) => usual(index) * (index < 70 ? 1 : 2)))).toEqual([[day(70), 'increase', null]]);
  });

  test('follows growth', () => {
    expect(detect(300, (index) => usual(index) * 1.004 ** index)).toEqual([]);
  });

  test('neither opens nor closes on a hole', () => {
    const anomalies = detect(100, (index) =>
      index === 71 ? null : usual(index) * (index >= 70 && index < 73 ? 2 : 1),
    );
    expect(told(anomalies)).toEqual([[day(70), 'increase', day(73)]]);
  });

  test('learns the fee of the first from one month, and misses it later', () => {
    const fee = (index: number) => (dayOfMonth(index) === 1 ? 300 : 0);
    const anomalies = detect(150, (index) => usual(index) + (day(index) === '2026-06-01' ? 0 : fee(index)));
    expect(told(anomalies)).toEqual([
      ['2026-02-01', 'increase', '2026-02-02'],
      ['2026-06-01', 'decrease', '2026-06-02'],
    ]);
  });

  test('is quiet about less than the least impact, and still learns the new level', () => {
    const shifted = (index: number) => usual(index) * (index < 60 ? 1 : 1.5) + (index === 100 ? 200 : 0);
    const minImpact = decimal('80');
    expect(told(detect(140, shifted, { minImpact }))).toEqual([[day(100), 'increase', day(101)]]);
  });

  test('does not judge days after the last whole one', () => {
    const unfinished = (index: number) => (index === 99 ? 5 : usual(index));
    expect(detect(100, unfinished, { upTo: day(98) })).toEqual([]);
    expect(told(detect(100, unfinished, { upTo: day(99) }))).toEqual([[day(99), 'decrease', null]]);
  });

  test('says more the more sensitive it is', () => {
    const small = (index: number) => usual(index) * (index === 70 ? 1.15 : 1);
    expect(detect(100, small, { sensitivity: 'low' })).toEqual([]);
    expect(told(detect(100, small, { sensitivity: 'high' }))).toEqual([[day(70), 'increase', day(71)]]);
  });

  test('judges a day by the days before it alone', () => {
    const amount = fc.option(fc.integer({ min: -50, max: 400 }), { nil: null, freq: 12 });
    fc.assert(
      fc.property(fc.array(amount, { minLength: 20, maxLength: 80 }), fc.nat(79), (costs, cut) => {
        const whole = detect(costs.length, (index) => costs[index] ?? null);
        const part = detect(Math.min(cut, costs.length), (index) => costs[index] ?? null);
        const opened = (anomalies: readonly DetectedAnomaly[]) =>
          anomalies.filter((one) => one.day < day(cut)).map(({ closedOn: _, ...rest }) => rest);
        expect(opened(part)).toEqual(opened(whole));
        for (const { lower, upper, actual, direction } of whole) {
          expect(direction === 'increase' ? compare(actual, upper) : compare(lower, actual)).toBe(1);
        }
      }),
      { numRuns: 150 },
    );
  });
});
