import { z } from 'zod';
import { type Day, readDay } from '../../src/domain/day.ts';
import { type Decimal, decimal, decimalText, isZero } from '../../src/domain/decimal.ts';
import type { Note, Session } from '../../src/vendor/kit/index.ts';

/**
 * An ECU is a pricing currency: one US dollar nominally, but contracts may set other prices from a date on. Prices
 * begin with a month, so that every monthly figure has a single price.
 */
export interface EcuPrices {
  readonly currency: string;
  /** Oldest first. Days before the first one are taken at the nominal price. */
  readonly dated: readonly DatedPrice[];
}
/** The prices of a connection, as far as they are known now. */
export type ReadPrices = (session: Session) => Promise<EcuPrices>;
interface DatedPrice {
  readonly from: Day;
  readonly price: Decimal;
}

const nominal = decimal('1');

const isPositiveDecimal = (text: string): boolean => /^\d{1,12}(\.\d{1,18})?$/.test(text) && !isZero(decimal(text));

export const ecuPriceListSchema = z
  .array(
    z.strictObject({
      from: z
        .string('must be a day in quotes, such as "2026-01-01"')
        .refine((text) => text.endsWith('-01') && readDay(text) !== null, 'must be the first day of a month'),
      price: z
        .string('must be a decimal in quotes, such as "0.95"')
        .refine(isPositiveDecimal, 'must be a positive decimal such as 0.95'),
    }),
  )
  .max(240)
  .refine((list) => new Set(list.map((entry) => entry.from)).size === list.length, 'names one month twice');

export const readPrices = (currency: string, list: z.output<typeof ecuPriceListSchema>): EcuPrices => ({
  currency,
  dated: list
    .map((entry) => ({ from: entry.from, price: decimal(entry.price) }))
    .sort((left, right) => (left.from < right.from ? -1 : 1)),
});

/** The prices as text: equal for lists with the same meaning. */
export const pricesText = (prices: EcuPrices): string =>
  prices.dated.length === 0
    ? 'nominal'
    : prices.dated.map((entry) => `${entry.from}=${decimalText(entry.price)}`).join(',');

export const priceOn = (prices: EcuPrices, day: Day): Decimal =>
  prices.dated.findLast((entry) => entry.from <= day)?.price ?? nominal;

/** One note for each price that applies between `start` and `end`, which is exclusive. */
export const priceNotes = (prices: EcuPrices, start: Day, end: Day): Note[] => {
  const notes: Note[] = [];
  const first = prices.dated[0];
  if (first === undefined || start < first.from) {
    const until = first === undefined ? '' : ` for days before ${first.from}`;
    notes.push({ code: 'nominal-price', message: `one ECU taken as 1 ${prices.currency}${until}` });
  }
  prices.dated.forEach((entry, index) => {
    const next = prices.dated[index + 1];
    if (entry.from >= end || (next !== undefined && next.from <= start)) return;
    const until = next === undefined ? '' : ` and before ${next.from}`;
    const price = `${decimalText(entry.price)} ${prices.currency}`;
    notes.push({ code: 'contract-price', message: `one ECU taken as ${price} for days from ${entry.from}${until}` });
  });
  return notes;
};
