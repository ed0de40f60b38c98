import type { components } from './generated.ts';

/** An exact amount: a decimal string, never a number. */
export type Money = components['schemas']['Money'];

interface Units {
  readonly units: bigint;
  /** Number of digits after the decimal point. */
  readonly scale: number;
}

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

const unitsOf = (amount: string): Units => {
  const [, sign, whole, fraction = ''] = decimal.exec(amount) ?? [];
  if (whole === undefined) throw new TypeError(`${JSON.stringify(amount)} is no decimal`);
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
};

const textOf = ({ units, scale }: Units): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const amount = fraction === '' ? whole : `${whole}.${fraction}`;
  return units < 0n ? `-${amount}` : amount;
};

/** Both amounts in the finer of their units, and its scale. */
const aligned = (left: Money, right: Money): readonly [bigint, bigint, number] => {
  if (left.currency !== right.currency) {
    throw new TypeError(`${left.currency} and ${right.currency} are not added or compared: ask with one currency`);
  }
  const one = unitsOf(left.amount);
  const other = unitsOf(right.amount);
  const scale = Math.max(one.scale, other.scale);
  const inScale = ({ units, scale: own }: Units) => units * 10n ** BigInt(scale - own);
  return [inScale(one), inScale(other), scale];
};

/** Exact. Throws if the currencies differ. */
export const addMoney = (left: Money, right: Money): Money => {
  const [one, other, scale] = aligned(left, right);
  return { amount: textOf({ units: one + other, scale }), currency: left.currency };
};

/** Exact. Throws if the currencies differ. */
export const subtractMoney = (left: Money, right: Money): Money => {
  const [one, other, scale] = aligned(left, right);
  return { amount: textOf({ units: one - other, scale }), currency: left.currency };
};

/** Negative if the left amount is less, positive if it is more, 0 if they are equal. Throws if the currencies differ. */
export const compareMoney = (left: Money, right: Money): -1 | 0 | 1 => {
  const [one, other] = aligned(left, right);
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/** One exact sum per currency, ordered by currency code. */
export const sumMoney = (amounts: Iterable<Money>): Money[] => {
  const sums = new Map<string, Money>();
  for (const each of amounts) {
    const sum = sums.get(each.currency);
    sums.set(each.currency, sum === undefined ? addMoney(each, { ...each, amount: '0' }) : addMoney(sum, each));
  }
  return [...sums.values()].sort((left, right) => (left.currency < right.currency ? -1 : 1));
};

export interface MoneyFormat {
  /** A BCP 47 tag such as `en-GB`. Default: the locale of the environment. */
  readonly locale?: string;
  /** Digits after the decimal point. Default: those of the currency. */
  readonly digits?: number;
}

const isNumeric = (text: string): text is `${number}` => decimal.test(text);

/** For display: rounds the exact amount half away from zero. */
export const formatMoney = ({ amount, currency }: Money, { locale, digits }: MoneyFormat = {}): string => {
  if (!isNumeric(amount)) throw new TypeError(`${JSON.stringify(amount)} is no decimal`);
  const places = digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...places }).format(amount);
};
