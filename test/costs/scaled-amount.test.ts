import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addAmounts,
  compareAmounts,
  multiplyAmounts,
  noAmount,
  parseAmount,
  powerOfTen,
  printAmount,
  type ScaledAmount,
  scaleOf,
  unitsAt,
} from '../../src/costs/segments/scaled-amount.ts';
import {
  add,
  compare,
  type Decimal,
  decimalText,
  divide,
  multiply,
  parseDecimal,
  subtract,
  sum,
  zero,
} from '../../src/domain/decimal.ts';

/** Eight operations, each compared so often. */
const options = { seed: 20261121, numRuns: 7_500 };

const digits = (minLength: number, maxLength: number) =>
  fc.stringMatching(new RegExp(`^\\d{${minLength},${maxLength}}$`));

/** Texts near the grammar and at its bounds: amounts as they are, exponents, many digits, and what is no decimal. */
const text = fc.oneof(
  fc
    .tuple(fc.constantFrom('', '-', '+'), digits(1, 12), digits(0, 12))
    .map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`),
  fc
    .tuple(fc.constantFrom('', '-'), digits(1, 20), fc.integer({ min: -130, max: 130 }))
    .map(([sign, whole, exponent]) => `${sign}${whole}e${exponent}`),
  digits(60, 160),
  fc.constantFrom('0', '-0', '-0.000', '0e99', '0x10', '1_000', 'Infinity', 'NaN', '.5', '1e400', ''),
);

interface Both {
  readonly scaled: ScaledAmount;
  readonly decimal: Decimal;
}
const both = (written: string): Both => ({
  scaled: parseAmount(written) ?? noAmount,
  decimal: parseDecimal(written) ?? zero,
});

/** Whole-number division rounded half to even, beside the library's. */
const quotient = (left: ScaledAmount, right: ScaledAmount, scale: number): ScaledAmount => {
  const numerator = left.units * powerOfTen(scale + right.scale);
  const denominator = right.units * powerOfTen(left.scale);
  const twice = 2n * numerator;
  const size = denominator < 0n ? -denominator : denominator;
  const candidate = numerator / denominator;
  const nearest = [candidate - 1n, candidate, candidate + 1n].filter((units) => {
    const distance = twice - 2n * units * denominator;
    return (distance < 0n ? -distance : distance) <= size;
  });
  return { units: nearest.find((units) => nearest.length === 1 || units % 2n === 0n) ?? 0n, scale };
};

describe('a scaled amount says the same as a decimal', () => {
  it('when it is parsed and printed', () => {
    fc.assert(
      fc.property(text, (written) => {
        const amount = parseAmount(written);
        const decimal = parseDecimal(written);
        expect(amount === null ? null : printAmount(amount)).toBe(decimal === null ? null : decimalText(decimal));
      }),
      { ...options, numRuns: 2 * options.numRuns },
    );
  });

  it.each([
    ['added', addAmounts, add],
    [
      'subtracted',
      (left: ScaledAmount, right: ScaledAmount) => addAmounts(left, { ...right, units: -right.units }),
      subtract,
    ],
    ['multiplied', multiplyAmounts, multiply],
  ] as const)('when two are %s', (_name, ofAmounts, ofDecimals) => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const [one, other] = [both(left), both(right)];
        expect(printAmount(ofAmounts(one.scaled, other.scaled))).toBe(
          decimalText(ofDecimals(one.decimal, other.decimal)),
        );
      }),
      options,
    );
  });

  it('when two are compared', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const [one, other] = [both(left), both(right)];
        expect(compareAmounts(one.scaled, other.scaled)).toBe(compare(one.decimal, other.decimal));
        expect(compareAmounts(one.scaled, one.scaled)).toBe(compare(one.decimal, one.decimal));
      }),
      options,
    );
  });

  it('when a column is summed at one scale', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (written) => {
        const column = written.map(both);
        const scale = scaleOf(column.map(({ scaled }) => scaled));
        const units = column.reduce((total, { scaled }) => total + unitsAt(scaled, scale), 0n);
        expect(printAmount({ units, scale })).toBe(decimalText(sum(column.map(({ decimal }) => decimal))));
      }),
      options,
    );
  });

  it('when one is divided by another', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 20 }), (left, right, places) => {
        const [one, other] = [both(left), both(right)];
        const ratio = divide(one.decimal, other.decimal, places);
        const due = other.scaled.units === 0n ? null : printAmount(quotient(one.scaled, other.scaled, places));
        expect(ratio === null ? null : decimalText(ratio)).toBe(due);
      }),
      options,
    );
  });
});
