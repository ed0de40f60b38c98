import { dayNumber } from '../../src/domain/day.ts';
import { type Decimal, decimal, decimalText } from '../../src/domain/decimal.ts';

/** A Monday. */
export const start = '2026-01-05';

/** One amount for each index; `null` is a hole. */
export const amountsOf = (days: number, costOf: (index: number) => number | null): (Decimal | null)[] =>
  Array.from({ length: days }, (_, index) => {
    const cost = costOf(index);
    return cost === null ? null : decimal(cost.toFixed(4));
  });

/** Cheaper at weekends; the series begins on a Monday. */
export const weekly = (index: number): number => (index % 7 < 5 ? 100 : 60);

/** A little unrest that is the same in every run. */
export const unrest = (index: number): number => 2 * Math.sin(index * index);

export const dayOfMonth = (index: number): number => new Date((dayNumber(start) + index) * 86_400_000).getUTCDate();

export const numberOf = (amount: Decimal | undefined): number =>
  amount === undefined ? Number.NaN : Number(decimalText(amount));
