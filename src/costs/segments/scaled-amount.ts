import { readNotation } from '../../domain/decimal-notation.ts';

/**
 * An exact amount as `units × 10^-scale`. Columns of costs store units at one scale and are added as integers. Creating
 * and adding a decimal object per amount takes several times as long.
 */
export interface ScaledAmount {
  readonly units: bigint;
  readonly scale: number;
}

export const noAmount: ScaledAmount = { units: 0n, scale: 0 };

const powers: bigint[] = [1n];
export const powerOfTen = (exponent: number): bigint => {
  for (let next = powers.length; next <= exponent; next += 1) powers.push((powers[next - 1] ?? 1n) * 10n);
  return powers[exponent] ?? 10n ** BigInt(exponent);
};

/** Accepts the same texts as the decimals of the domain; null for others. */
export const parseAmount = (text: string): ScaledAmount | null => {
  const notation = readNotation(text);
  if (notation === null) return null;
  const digits = BigInt(notation.whole + notation.fraction);
  const units = notation.negative ? -digits : digits;
  const scale = notation.fraction.length - notation.exponent;
  return scale >= 0 ? { units, scale } : { units: units * powerOfTen(-scale), scale: 0 };
};

/** The amount of a text that was validated before, such as a rate. */
export const knownAmount = (text: string): ScaledAmount => {
  const amount = parseAmount(text);
  if (amount === null) throw new RangeError(`not a decimal: ${text.slice(0, 40)}`);
  return amount;
};

/** The canonical text, as a decimal prints it. */
export const printAmount = ({ units, scale }: ScaledAmount): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return units < 0n ? `-${text}` : text;
};

/** The units of an amount at a scale that is at least its own. */
export const unitsAt = (amount: ScaledAmount, scale: number): bigint => amount.units * powerOfTen(scale - amount.scale);

export const scaleOf = (amounts: readonly Pick<ScaledAmount, 'scale'>[]): number =>
  amounts.reduce((most, { scale }) => Math.max(most, scale), 0);

export const addAmounts = (left: ScaledAmount, right: ScaledAmount): ScaledAmount => {
  const scale = Math.max(left.scale, right.scale);
  return { units: unitsAt(left, scale) + unitsAt(right, scale), scale };
};

export const multiplyAmounts = (left: ScaledAmount, right: ScaledAmount): ScaledAmount => ({
  units: left.units * right.units,
  scale: left.scale + right.scale,
});

export const compareAmounts = (left: ScaledAmount, right: ScaledAmount): -1 | 0 | 1 => {
  const scale = Math.max(left.scale, right.scale);
  const [one, other] = [unitsAt(left, scale), unitsAt(right, scale)];
  if (one === other) return 0;
  return one < other ? -1 : 1;
};
