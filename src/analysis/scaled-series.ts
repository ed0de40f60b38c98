import {
  type Decimal,
  decimal,
  decimalText,
  digitsBeforePoint,
  divide,
  isZero,
  timesPowerOfTen,
  zero,
} from '../domain/decimal.ts';

/**
 * The one place where money becomes floating point and back. Statistics need no exact digits, sums of money do:
 * so amounts are divided by a power of ten that brings the greatest of them to about 1 (no amount is too great or
 * too small for a double), and what comes back is rounded to `outputDecimals`.
 */

/** How many decimals an estimated amount has; what was measured keeps all of its own. */
export const outputDecimals = 6;

/** Digits that a double carries for sure. */
const significantDigits = 15;

export interface ScaledSeries {
  /** `NaN` where the day is a hole. */
  readonly values: readonly number[];
  /** An amount is its value × 10^exponent. */
  readonly exponent: number;
}

const scaled = (amount: Decimal, exponent: number): number => Number(decimalText(timesPowerOfTen(amount, -exponent)));

export const scaleSeries = (amounts: readonly (Decimal | null)[]): ScaledSeries => {
  let exponent = Number.NEGATIVE_INFINITY;
  for (const amount of amounts) {
    if (amount !== null && !isZero(amount)) exponent = Math.max(exponent, digitsBeforePoint(amount));
  }
  if (exponent === Number.NEGATIVE_INFINITY) exponent = 0;
  return { exponent, values: amounts.map((amount) => (amount === null ? Number.NaN : scaled(amount, exponent))) };
};

export const scaleAmount = (amount: Decimal, { exponent }: ScaledSeries): number => scaled(amount, exponent);

/** The amount that a value of the series stands for, rounded half to even. */
export const unscale = (value: number, { exponent }: ScaledSeries): Decimal => {
  if (value === 0 || !Number.isFinite(value)) return zero;
  const [mantissa = '0', power = '0'] = value.toExponential(significantDigits - 1).split('e');
  const amount = timesPowerOfTen(decimal(mantissa), Number(power) + exponent);
  return divide(amount, decimal('1'), outputDecimals) ?? zero;
};
