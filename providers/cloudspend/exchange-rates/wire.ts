import { z } from 'zod';
import { isPositive, parseDecimal } from '../../../src/domain/decimal.ts';
import { currencyCode, exactAmount } from '../wire.ts';

const isAboveZero = (text: string): boolean => {
  const value = parseDecimal(text);
  return value !== null && isPositive(value);
};

export const exchangeMonthSchema = z.object({ month: z.string(), values: z.array(z.unknown()) });
export const exchangeRateSchema = z.object({
  base_currency: currencyCode,
  display_currency: currencyCode,
  exchange_rate: exactAmount.refine(isAboveZero, 'is not above zero'),
  is_exchange_rate_input: z.boolean().nullish(),
});

export const withoutRateSchema = z.object({ has_exchange_rate: z.literal(false) });
