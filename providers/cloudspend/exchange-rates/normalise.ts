import { monthEnd, monthStart } from '../../../src/domain/day.ts';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import type { ExchangeRate } from '../../../src/domain/nouns.ts';
import { decode, decodeItems, type ReadingFault } from '../../../src/vendor/kit/index.ts';
import { type Decoded, distinctBy } from '../partial.ts';
import { listAtData } from '../wire.ts';
import { exchangeMonthSchema, exchangeRateSchema, withoutRateSchema } from './wire.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `Jan 2026`, or `01-2026` as the same month is written when it is sent. */
export const monthOfName = (text: string): string | null => {
  const match = /^\s*(?:([A-Za-z]{3})[a-z]*[ -]|(\d{2})-)(\d{4})\s*$/.exec(text);
  if (match === null) return null;
  const [, name, digits, year] = match;
  const number = digits === undefined ? months.indexOf(name?.toLowerCase() ?? '') + 1 : Number(digits);
  return number >= 1 && number <= 12 ? `${year}-${String(number).padStart(2, '0')}` : null;
};

export const exchangeRatesOf = (json: unknown): Decoded<ExchangeRate> => {
  const listed = decodeItems(exchangeMonthSchema, decode(listAtData, json, 'exchange_rates'), 'exchange_rates data');
  const faults: ReadingFault[] = [...listed.faults];
  const items = listed.items.flatMap(({ month: name, values }): ExchangeRate[] => {
    const month = monthOfName(name);
    const where = `exchange_rates ${month ?? 'data'}`;
    if (month === null) {
      faults.push({ path: where, message: 'has a month that cannot be read' });
      return [];
    }
    // The vendor lists currencies that it has no rate for.
    const given = values.filter((value) => !withoutRateSchema.safeParse(value).success);
    const rows = decodeItems(exchangeRateSchema, given, where);
    for (const fault of rows.faults) faults.push(fault);
    return rows.items.map((row) => ({
      from: row.base_currency,
      to: row.display_currency,
      rate: decimalText(decimal(row.exchange_rate)),
      validFrom: monthStart(month),
      validTo: monthEnd(month),
      custom: row.is_exchange_rate_input === true,
    }));
  });
  const distinct = distinctBy(items, (rate) => `${rate.validFrom} ${rate.from} ${rate.to}`, 'exchange_rates');
  return { items: distinct.items, faults: [...faults, ...distinct.faults] };
};
