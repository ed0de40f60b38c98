import { addDays, addMonths, type Day, monthOf, monthStart, readDay } from '../../../src/domain/day.ts';
import { add, compare, type Decimal, divide, isPositive, timesPowerOfTen, zero } from '../../../src/domain/decimal.ts';
import { decode, decodeItems } from '../../../src/vendor/kit/index.ts';
import type { DatedPrice } from '../prices.ts';
import { historySchema, statementSchema } from './wire.ts';

/** An invoiced price is a quotient, rounded half to even to so many digits. */
export const priceDigits = 12;

const centDigits = 2;

/** The day of a date or of an instant in UTC. */
const dayOf = (text: string): Day | null => readDay(text.slice(0, 10));

/** The months that a statement covers, if these are whole and over. Its end may be the last day or the one after. */
const monthsOf = (start: Day | null, end: Day | null, today: Day): { first: Day; after: Day } | null => {
  if (start === null || end === null || start !== monthStart(monthOf(start)) || start >= end) return null;
  const after = [end, addDays(end, 1)].find((day) => day === monthStart(monthOf(day)));
  return after === undefined || after > today ? null : { first: start, after };
};

interface Sums {
  readonly ecu: Decimal;
  readonly cents: Decimal;
}

export interface InvoicedPrices {
  readonly prices: readonly DatedPrice[];
  /** The first day after the last month that has a statement; null without any. */
  readonly through: Day | null;
}

/**
 * What one ECU cost by the statements in this currency, from the first day of a month on. Statements that cover no
 * whole months, are not over, or charge nothing (prepaid credit, credit notes) date no price.
 */
export const invoicedPrices = (json: unknown, currency: string, today: Day): InvoicedPrices => {
  const { statements } = decode(historySchema, json, 'the billing history');
  const byMonth = new Map<Day, Sums>();
  for (const statement of decodeItems(statementSchema, statements ?? [], 'statements').items) {
    const {
      period_start_date: start,
      period_end_date: end,
      ecu_total: ecu,
      invoiced_amount_in_cents: cents,
    } = statement;
    const covered = monthsOf(dayOf(start), dayOf(end), today);
    if (covered === null || statement.currency.toUpperCase() !== currency) continue;
    for (let month = covered.first; month < covered.after; month = addMonths(month, 1)) {
      const known = byMonth.get(month) ?? { ecu: zero, cents: zero };
      byMonth.set(month, { ecu: add(known.ecu, ecu), cents: add(known.cents, cents) });
    }
  }
  const prices: DatedPrice[] = [];
  for (const [from, { ecu, cents }] of [...byMonth].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const price =
      isPositive(ecu) && isPositive(cents) ? divide(timesPowerOfTen(cents, -centDigits), ecu, priceDigits) : null;
    const before = prices.at(-1);
    if (price === null || !isPositive(price) || (before !== undefined && compare(before.price, price) === 0)) continue;
    prices.push({ from, price, origin: 'invoiced' });
  }
  const last = [...byMonth.keys()].sort().at(-1);
  return { prices, through: last === undefined ? null : addMonths(last, 1) };
};
