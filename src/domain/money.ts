import { z } from 'zod';
import { type Decimal, decimal, decimalText, parseDecimal } from './decimal.ts';

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

/** Reads an amount as it stands in a vendor's JSON; `null` when it is no finite decimal. */
export const readAmount = (value: string | number): Decimal | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? parseDecimal(String(value)) : null;
  return parseDecimal(value.trim());
};

const currencyPattern = /^[A-Za-z]{3}$/;
export const readCurrency = (value: string): string | null =>
  currencyPattern.test(value.trim()) ? value.trim().toUpperCase() : null;
