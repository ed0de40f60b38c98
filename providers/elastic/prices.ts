import { z } from 'zod';
import { type Day, type Month, monthStart, readDay } from '../../src/domain/day.ts';
import { type Decimal, decimal, decimalText, isZero, parseDecimal } from '../../src/domain/decimal.ts';
import type { FillSession, Note, Session } from '../../src/vendor/kit/index.ts';

/**
 * An ECU is a pricing currency: one US dollar nominally, but contracts may set other prices from a date on. Prices
 * begin with a month, so that every monthly figure has a single price.
 */
export interface EcuPrices {
  readonly currency: string;
  /** Oldest first; each holds until the next. Days before the first one are taken at the nominal price. */
  readonly dated: readonly DatedPrice[];
}
export interface DatedPrice {
  readonly from: Day;
  readonly price: Decimal;
  /** `invoiced`: what a statement charged, divided by its ECU. */
  readonly origin: 'configured' | 'invoiced';
}
/** The prices of a connection. */
export interface PriceSource {
  /** As far as they are known now. */
  current(session: Session): Promise<EcuPrices>;
  /** Those of a fill: the ones of its edition, so that the figures of an edition are never in two prices. */
  ofFill(session: FillSession): Promise<EcuPrices>;
  /** Reads the billing history now, whatever is known. False where the organization or the key has none. */
  check(session: Session): Promise<boolean>;
  /** What figures are stored under, as `editionText` writes it. */
  edition(session: Session): Promise<string>;
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
    .map((entry) => ({ from: entry.from, price: decimal(entry.price), origin: 'configured' as const }))
    .sort((left, right) => (left.from < right.from ? -1 : 1)),
});

/** Configured prices win; days before the first of them take the invoiced ones. */
export const withInvoiced = (configured: EcuPrices, invoiced: readonly DatedPrice[]): EcuPrices => {
  const first = configured.dated[0];
  const before = invoiced.filter(({ from }) => first === undefined || from < first.from);
  return { ...configured, dated: [...before, ...configured.dated] };
};

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
    const days = `for days from ${entry.from}${until}`;
    notes.push(
      entry.origin === 'configured'
        ? { code: 'contract-price', message: `one ECU taken as ${price} ${days}` }
        : {
            code: 'invoiced-price',
            message: `one ECU taken as ${price} ${days}: what was invoiced, divided by its ECU`,
          },
    );
  });
  return notes;
};

/** The edition of all figures: every price in its order, the configured ones without a figure. */
export const editionText = (prices: EcuPrices): string =>
  prices.dated.map(({ from, price, origin }) => `${from}=${origin === 'invoiced' ? decimalText(price) : ''}`).join(',');

/** The invoiced price of a month in such a text; empty where its price does not depend on invoices. */
export const editionOf = (edition: string, month: Month): string =>
  edition
    .split(',')
    .map((entry) => entry.split('='))
    .findLast(([from = '']) => from !== '' && from <= monthStart(month))?.[1] ?? '';

/** The invoiced prices in such a text. */
export const invoicedIn = (edition: string): DatedPrice[] =>
  edition.split(',').flatMap((entry): DatedPrice[] => {
    const [from = '', text = ''] = entry.split('=');
    const price = parseDecimal(text);
    return price === null ? [] : [{ from, price, origin: 'invoiced' }];
  });
