import type { Day } from '../../domain/day.ts';
import type { Conversion } from '../../domain/meta.ts';
import type { ExchangeRate } from '../../domain/nouns.ts';
import { addAmounts, knownAmount, multiplyAmounts } from '../segments/scaled-amount.ts';
import type { Cell, RateSpan } from './aggregate.ts';

/** A rate and its source: a provider or the configuration. */
export interface SourcedRate extends ExchangeRate {
  readonly source: string;
}

/** All rates, the most authoritative first. */
export type RateTable = readonly SourcedRate[];

const appliesOn = (rate: SourcedRate, day: Day): boolean => rate.validFrom <= day && day < rate.validTo;

/** `cuts` are the days on which a rate into the currency begins or ends; between two cuts the rates are constant. */
export const rateSpans = (
  rates: RateTable,
  currency: string,
): { readonly cuts: readonly Day[]; readonly span: RateSpan } => {
  const cuts = [
    ...new Set(rates.filter((rate) => rate.to === currency).flatMap((rate) => [rate.validFrom, rate.validTo])),
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

/** Converts exactly, with the rate of each span. Without a rate a cell keeps its currency. */
export const convert = (cells: readonly Cell[], currency: string, rates: RateTable): Converted => {
  const merged = new Map<string, Cell>();
  const used = new Set<SourcedRate>();
  const unconverted = new Set<string>();
  for (const cell of cells) {
    const rate =
      cell.currency === currency
        ? null
        : rates.find((each) => each.from === cell.currency && each.to === currency && appliesOn(each, cell.rateFrom));
    if (rate === undefined) unconverted.add(cell.currency);
    if (rate !== null && rate !== undefined) used.add(rate);
    const after =
      rate === null || rate === undefined
        ? cell
        : { ...cell, currency, amount: multiplyAmounts(cell.amount, knownAmount(rate.rate)) };
    const key = JSON.stringify([after.bucket, after.currency, after.values]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...after });
    else known.amount = addAmounts(known.amount, after.amount);
  }
  const order = (rate: SourcedRate) => `${rate.from} ${rate.validFrom} ${rate.source}`;
  return {
    cells: [...merged.values()],
    used: [...used]
      .sort((left, right) => (order(left) < order(right) ? -1 : 1))
      .map(({ from, to, rate, validFrom, validTo, source }) => ({ from, to, rate, validFrom, validTo, source })),
    unconverted: [...unconverted].sort(),
  };
};
