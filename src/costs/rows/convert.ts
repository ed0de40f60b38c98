import type { Day } from '../../domain/day.ts';
import { decimal, decimalText, divide } from '../../domain/decimal.ts';
import type { Conversion } from '../../domain/meta.ts';
import type { Money } from '../../domain/money.ts';
import type { ExchangeRate } from '../../domain/nouns.ts';
import type { Turns } from '../../domain/turns.ts';
import { knownAmount, multiplyAmounts, printAmount, type ScaledAmount } from '../segments/scaled-amount.ts';
import type { RateSpan } from './aggregate.ts';
import { addCell, type Cell, cellKey } from './cell.ts';

/** A rate and its source: a provider or the configuration. */
export interface SourcedRate extends ExchangeRate {
  readonly source: string;
}

/** All rates, the most authoritative first. */
export type RateTable = readonly SourcedRate[];

const appliesOn = (rate: SourcedRate, day: Day): boolean => rate.validFrom <= day && day < rate.validTo;

/** `cuts` are the days on which a rate of the currency begins or ends; between two cuts the rates are constant. */
export const rateSpans = (
  rates: RateTable,
  currency: string,
): { readonly cuts: readonly Day[]; readonly span: RateSpan } => {
  const cuts = [
    ...new Set(
      rates
        .filter((rate) => rate.to === currency || rate.from === currency)
        .flatMap((rate) => [rate.validFrom, rate.validTo]),
    ),
  ].sort();
  return {
    cuts,
    span: (day) => {
      let low = 0;
      let high = cuts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((cuts[middle] ?? '') <= day) low = middle + 1;
        else high = middle;
      }
      return cuts[low - 1] ?? '0001-01-01';
    },
  };
};

export interface Converted {
  readonly cells: Cell[];
  readonly used: Conversion[];
  /** Currencies with days for which no rate is known. */
  readonly unconverted: string[];
}

interface UsedRate {
  readonly conversion: Conversion;
  readonly factor: ScaledAmount;
}

/** Decimal places of a reciprocal. It is rounded once, so amounts are multiplied exactly and every split has one total. */
const reciprocalPlaces = 30;
const one = decimal('1');

const directRate = ({ from, to, rate, validFrom, validTo, source }: SourcedRate): UsedRate => ({
  conversion: { from, to, rate, validFrom, validTo, source },
  factor: knownAmount(rate),
});

/** A known rate in the other direction; null for a rate of zero. */
const inverseRate = ({ from, to, rate, validFrom, validTo, source }: SourcedRate): UsedRate | null => {
  const reciprocal = divide(one, decimal(rate), reciprocalPlaces);
  if (reciprocal === null) return null;
  const text = decimalText(reciprocal);
  return {
    conversion: { from: to, to: from, rate: text, inverse: true, validFrom, validTo, source },
    factor: knownAmount(text),
  };
};

/** Finds the rate of a day: one of the same direction before a reciprocal. Each rate is worked out once. */
const rateFinder = (rates: RateTable, currency: string) => {
  const known = new Map<SourcedRate, UsedRate | null>();
  const workedOut = (rate: SourcedRate, make: (rate: SourcedRate) => UsedRate | null): UsedRate | null => {
    const found = known.get(rate) ?? make(rate);
    known.set(rate, found);
    return found;
  };
  return (from: string, day: Day): UsedRate | null => {
    const direct = rates.find((each) => each.from === from && each.to === currency && appliesOn(each, day));
    if (direct !== undefined) return workedOut(direct, directRate);
    const inverse = rates.find((each) => each.from === currency && each.to === from && appliesOn(each, day));
    return inverse === undefined ? null : workedOut(inverse, inverseRate);
  };
};

export const hasRate = (
  rates: RateTable,
  { from, to }: { readonly from: string; readonly to: string },
  day: Day,
): boolean => from === to || rateFinder(rates, to)(from, day) !== null;

/** One amount at the rate of a day; null without a rate. */
export const convertMoney = (
  { amount, currency: from }: Money,
  to: { readonly currency: string; readonly day: Day },
  rates: RateTable,
): { readonly value: Money; readonly conversion: Conversion | null } | null => {
  if (from === to.currency) return { value: { amount, currency: from }, conversion: null };
  const rate = rateFinder(rates, to.currency)(from, to.day);
  if (rate === null) return null;
  const converted = printAmount(multiplyAmounts(knownAmount(amount), rate.factor));
  return { value: { amount: converted, currency: to.currency }, conversion: rate.conversion };
};

/** Converts with the rate of each span. Without a rate a cell keeps its currency. */
export const convert = async (
  cells: readonly Cell[],
  currency: string,
  rates: RateTable,
  turns: Turns,
): Promise<Converted> => {
  const merged = new Map<string, Cell>();
  const used = new Set<Conversion>();
  const unconverted = new Set<string>();
  const rateOf = rateFinder(rates, currency);
  const found = new Map<string, UsedRate | null>();
  const find = (from: string, day: Day): UsedRate | null => {
    const key = `${from} ${day}`;
    const known = found.get(key);
    const rate = known === undefined ? rateOf(from, day) : known;
    found.set(key, rate);
    return rate;
  };
  const converted = (cell: Cell): Cell => {
    if (cell.currency === currency) return cell;
    const rate = find(cell.currency, cell.rateFrom);
    if (rate === null) {
      unconverted.add(cell.currency);
      return cell;
    }
    used.add(rate.conversion);
    return { ...cell, currency, amount: multiplyAmounts(cell.amount, rate.factor) };
  };
  for (const cell of cells) {
    if (turns.due()) await turns.next();
    const after = converted(cell);
    const key = cellKey(after.bucket, after.currency, '', after.values);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...after });
    else addCell(known, after);
  }
  const order = (rate: Conversion) => `${rate.from} ${rate.validFrom} ${rate.source}`;
  return {
    cells: [...merged.values()],
    used: [...used].sort((left, right) => (order(left) < order(right) ? -1 : 1)),
    unconverted: [...unconverted].sort(),
  };
};
