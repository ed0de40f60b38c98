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
 * The only conversion between money and floating point, for statistics only. Amounts are divided by a power of ten that
 * scales the largest to about 1, so every amount fits a double. Results are rounded to `outputDecimals`.
 */

/** Decimals of an estimated amount. Measured amounts are not rounded. */
export const outputDecimals = 6;

/** Decimal digits that a double always preserves. */
const significantDigits = 15;

export interface ScaledSeries {
  /** `NaN` for missing days. */
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

/** The amount of a value, rounded half to even. */
export const unscale = (value: number, { exponent }: ScaledSeries): Decimal => {
  if (value === 0 || !Number.isFinite(value)) return zero;
  const [mantissa = '0', power = '0'] = value.toExponential(significantDigits - 1).split('e');
  const amount = timesPowerOfTen(decimal(mantissa), Number(power) + exponent);
  return divide(amount, decimal('1'), outputDecimals) ?? zero;
};
