import {
  add,
  compare,
  type Decimal,
  decimal,
  isNegative,
  isZero,
  multiply,
  negate,
  percentText,
  subtract,
  sum,
  zero,
} from '../domain/decimal.ts';

/** One group's part in a deviation. */
export interface Contribution {
  readonly key: string;
  /** The median of the group's baseline days, exact. */
  readonly expected: Decimal;
  readonly actual: Decimal;
  /** `actual - expected`, exact. The contributions of all groups add up to the whole deviation. */
  readonly contribution: Decimal;
  /** The part of the whole deviation in percent. Negative for the opposite direction, `0` if there is no deviation. */
  readonly share: string;
}

const half = decimal('0.5');

/** A group that is missing on a baseline day counts as zero. */
const exactMedian = (amounts: readonly Decimal[], days: number): Decimal => {
  const missing = Array.from({ length: days - amounts.length }, () => zero);
  const sorted = [...amounts, ...missing].sort(compare);
  const upper = sorted[sorted.length >> 1] ?? zero;
  if (sorted.length % 2 === 1) return upper;
  return multiply(add(sorted[(sorted.length >> 1) - 1] ?? zero, upper), half);
};

/**
 * Ranks groups by their contribution to the deviation of a day from its baseline days: the largest in the direction of
 * the deviation first, those in the opposite direction last. A key on one side only is a new or a vanished group.
 */
export const rankContributions = (
  baseline: ReadonlyMap<string, readonly Decimal[]>,
  actual: ReadonlyMap<string, Decimal>,
): Contribution[] => {
  const days = Math.max(0, ...[...baseline.values()].map((amounts) => amounts.length));
  const keys = [...new Set([...baseline.keys(), ...actual.keys()])];
  const parts = keys.map((key) => {
    const expected = exactMedian(baseline.get(key) ?? [], days);
    const cost = actual.get(key) ?? zero;
    return { key, expected, actual: cost, contribution: subtract(cost, expected) };
  });
  const deviation = sum(parts.map(({ contribution }) => contribution));
  const directed = (value: Decimal): Decimal => (isNegative(deviation) ? negate(value) : value);
  return parts
    .sort(
      (left, right) =>
        compare(directed(right.contribution), directed(left.contribution)) || (left.key < right.key ? -1 : 1),
    )
    .map((part) => ({
      ...part,
      share: isZero(deviation) ? '0' : (percentText(part.contribution, deviation) ?? '0'),
    }));
};
