import { Decimal as Library } from 'decimal.js';
import { isDecimal } from './decimal-notation.ts';

/** An exact decimal. Only the functions of this file work on one: the library's own division and `toNumber` drop digits. */
export type Decimal = Library;

/**
 * The greatest precision that the library has. A text of so many digits is longer than any that JavaScript can hold,
 * so nothing is ever rounded but by `divide`, which names its digits. The precision costs nothing until it is reached.
 */
const Exact = Library.clone({
  defaults: true,
  precision: 1e9,
  rounding: Library.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});

export const zero: Decimal = new Exact(0);

/** The library knows a negative zero, and prints it in JSON. */
const withoutNegativeZero = (value: Decimal): Decimal => (value.isZero() ? zero : value);

/** Reads what is a decimal by our grammar; the library alone would take `0x10`, `1_000` and `Infinity` as well. */
export const parseDecimal = (text: string): Decimal | null =>
  isDecimal(text) ? withoutNegativeZero(new Exact(text)) : null;

/** The canonical text: no exponent, no trailing fractional zeros, no `-0`. */
export const decimalText = (value: Decimal): string => value.toString();

export const add = (left: Decimal, right: Decimal): Decimal => left.plus(right);
export const subtract = (left: Decimal, right: Decimal): Decimal => left.minus(right);
export const multiply = (left: Decimal, right: Decimal): Decimal => withoutNegativeZero(left.times(right));
export const negate = (value: Decimal): Decimal => withoutNegativeZero(value.negated());
export const absolute = (value: Decimal): Decimal => value.absoluteValue();

export const timesPowerOfTen = (value: Decimal, exponent: number): Decimal => value.times(new Exact(`1e${exponent}`));

export const compare = (left: Decimal, right: Decimal): -1 | 0 | 1 => {
  const order = left.comparedTo(right);
  if (order === 0) return 0;
  return order < 0 ? -1 : 1;
};

export const isZero = (value: Decimal): boolean => value.isZero();
export const isPositive = (value: Decimal): boolean => value.greaterThan(zero);
export const isNegative = (value: Decimal): boolean => value.lessThan(zero);

/** How many digits stand before the point: `3` for `123.4`, `-1` for `0.012`. */
export const digitsBeforePoint = (value: Decimal): number => value.e + 1;

export const sum = (values: Iterable<Decimal>): Decimal => {
  let total = zero;
  for (const value of values) total = add(total, value);
  return total;
};

/** Rounds half to even at `fractionDigits`; the only operation that may lose digits, so the caller names how many stay. */
export const divide = (dividend: Decimal, divisor: Decimal, fractionDigits: number): Decimal | null => {
  if (divisor.isZero()) return null;
  // The multiple of the divisor that lies nearest is exact, and so is its quotient: nothing is rounded twice.
  const nearest = timesPowerOfTen(dividend, fractionDigits).toNearest(divisor);
  return withoutNegativeZero(timesPowerOfTen(nearest.dividedToIntegerBy(divisor), -fractionDigits));
};

/** The text of a decimal that is known to be one, such as a literal in a table of constants. */
export const decimal = (text: string): Decimal => {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError(`not a decimal: ${text.slice(0, 40)}`);
  return value;
};

/** `part / whole × 100` as a decimal string; `null` when the whole is zero. */
export const percentText = (part: Decimal, whole: Decimal, fractionDigits = 2): string | null => {
  const ratio = divide(multiply(part, decimal('100')), whole, fractionDigits);
  return ratio === null ? null : decimalText(ratio);
};
