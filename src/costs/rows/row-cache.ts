import { LRUCache } from 'lru-cache';
import type { Money } from '../../domain/money.ts';
import type { Slice } from './aggregate.ts';
import type { CostRow } from './arrange.ts';
import type { Converted, RateTable } from './convert.ts';

/** What follows from slices alone. */
export interface Arranged {
  readonly rows: readonly CostRow[];
  readonly totals: readonly Money[];
  readonly converted: Pick<Converted, 'used' | 'unconverted'> | null;
}

export interface RowCache {
  /** The rows of an equal question over the very same segments, or those that `make` gives. */
  get(question: string, slices: readonly Slice[], rates: RateTable, make: () => Arranged): Arranged;
}

interface CachedRows {
  readonly slices: readonly Slice[];
  readonly rates: RateTable;
  readonly arranged: Arranged;
}

const rowsMax = 400_000;
/** An entry keeps its segments alive: one that is not asked for again lets go of them. */
const keepMs = 10 * 60_000;

/** Segments are never changed, only replaced: the same objects are the same data. */
const same = (entry: CachedRows, slices: readonly Slice[], rates: RateTable): boolean =>
  entry.slices.length === slices.length &&
  entry.slices.every((slice, index) => slice.segment === slices[index]?.segment) &&
  JSON.stringify(entry.rates) === JSON.stringify(rates);

export const createRowCache = (): RowCache => {
  const entries = new LRUCache<string, CachedRows>({
    maxSize: rowsMax,
    ttl: keepMs,
    sizeCalculation: (entry) => entry.arranged.rows.length + 1,
  });
  return {
    get: (question, slices, rates, make) => {
      const known = entries.get(question);
      if (known !== undefined && same(known, slices, rates)) return known.arranged;
      const arranged = make();
      entries.set(question, { slices, rates, arranged });
      return arranged;
    },
  };
};
