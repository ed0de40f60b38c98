import { z } from 'zod';
import { add, compare, type Decimal, decimal, decimalText, parseDecimal, zero } from './decimal.ts';

/** What a response carries: a canonical decimal string, never a number. */
export const moneySchema = z
  .strictObject({
    amount: z
      .string()
      .regex(/^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/)
      .meta({
        description: 'Canonical decimal string: no exponent, no separator, no trailing zeros.',
        examples: ['1234.5678'],
      }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .meta({ description: 'ISO 4217 code.', examples: ['USD'] }),
  })
  .meta({ id: 'Money' });
export type Money = z.output<typeof moneySchema>;

export const money = (amount: Decimal, currency: string): Money => ({ amount: decimalText(amount), currency });

export const amountOf = (value: Money): Decimal => decimal(value.amount);

/** Whether both are the same amount of the same currency, however it is written. */
export const sameMoney = (left: Money | null, right: Money | null): boolean =>
  left === null || right === null
    ? left === right
    : left.currency === right.currency && compare(amountOf(left), amountOf(right)) === 0;

/** Reads an amount as it stands in a vendor's JSON; `null` when it is no finite decimal. */
export const readAmount = (value: string | number): Decimal | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? parseDecimal(String(value)) : null;
  return parseDecimal(value.trim());
};

const currencyPattern = /^[A-Za-z]{3}$/;
export const readCurrency = (value: string): string | null =>
  currencyPattern.test(value.trim()) ? value.trim().toUpperCase() : null;

/** One exact sum a currency, in the order of their codes. */
export const totalsOfMoney = (amounts: readonly Money[]): Money[] => {
  const totals = new Map<string, Decimal>();
  for (const each of amounts) totals.set(each.currency, add(totals.get(each.currency) ?? zero, amountOf(each)));
  return [...totals]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, amount]) => money(amount, currency));
};
