/**
 * Exact decimals: `units × 10^-scale`. Addition, subtraction and multiplication never round,
 * so there is no precision setting that could be forgotten.
 */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Beyond this many digits a text is no amount of money but an attack or a fault. */
const digitsMax = 160;
const pattern = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

export const zero: Decimal = { units: 0n, scale: 0 };

const powers: bigint[] = [1n];
export const powerOfTen = (exponent: number): bigint => {
  for (let next = powers.length; next <= exponent; next += 1) powers.push((powers[next - 1] ?? 1n) * 10n);
  return powers[exponent] ?? 10n ** BigInt(exponent);
};

/** Reads any decimal notation a JSON number or a vendor's string may have; `null` for everything else. */
export const parseDecimal = (text: string): Decimal | null => {
  if (text.length > digitsMax * 2) return null;
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) + whole.length + fraction.length > digitsMax) return null;
  const digits = BigInt(whole + fraction);
  const units = sign === '-' ? -digits : digits;
  const scale = fraction.length - exponent;
  return scale >= 0 ? { units, scale } : { units: units * powerOfTen(-scale), scale: 0 };
};

/** The canonical text: no exponent, no trailing fractional zeros, no `-0`. */
export const decimalText = (value: Decimal): string => {
  const negative = value.units < 0n;
  const digits = (negative ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return negative && value.units !== 0n ? `-${text}` : text;
};

/** The units of a value at a scale that is at least its own. */
export const unitsAt = (value: Decimal, scale: number): bigint => value.units * powerOfTen(scale - value.scale);

export const add = (left: Decimal, right: Decimal): Decimal => {
  const scale = Math.max(left.scale, right.scale);
  return { units: unitsAt(left, scale) + unitsAt(right, scale), scale };
};
export const negate = (value: Decimal): Decimal => ({ units: -value.units, scale: value.scale });
export const subtract = (left: Decimal, right: Decimal): Decimal => add(left, negate(right));
export const multiply = (left: Decimal, right: Decimal): Decimal => ({
  units: left.units * right.units,
  scale: left.scale + right.scale,
});

export const compare = (left: Decimal, right: Decimal): -1 | 0 | 1 => {
  const difference = subtract(left, right).units;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
};

export const isZero = (value: Decimal): boolean => value.units === 0n;

export const sum = (values: Iterable<Decimal>): Decimal => {
  let total = zero;
  for (const value of values) total = add(total, value);
  return total;
};

/** Rounds half to even at `fractionDigits`; the only operation that may lose digits, so the caller names how many stay. */
export const divide = (dividend: Decimal, divisor: Decimal, fractionDigits: number): Decimal | null => {
  if (divisor.units === 0n) return null;
  const numerator = dividend.units * powerOfTen(fractionDigits + divisor.scale);
  const denominator = divisor.units * powerOfTen(dividend.scale);
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const quotient = top / bottom;
  const twice = (top % bottom) * 2n;
  const up = twice > bottom || (twice === bottom && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return { units: negative ? -rounded : rounded, scale: fractionDigits };
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
