import { LRUCache } from 'lru-cache';
import type { Money } from '../../domain/money.ts';
import type { Slice } from './aggregate.ts';
import type { CostRow } from './arrange.ts';
import type { Converted, RateTable } from './convert.ts';

/** The result that depends only on query, slices and rates. */
export interface Arranged {
  readonly rows: readonly CostRow[];
  readonly totals: readonly Money[];
  readonly converted: Pick<Converted, 'used' | 'unconverted'> | null;
}

export interface RowCache {
  /** The cached result for an equal query over the same segments and rates, else that of `make`. */
  get(question: string, slices: readonly Slice[], rates: RateTable, make: () => Arranged): Arranged;
}

interface CachedRows {
  readonly slices: readonly Slice[];
  readonly rates: RateTable;
  readonly arranged: Arranged;
}

const rowsMax = 400_000;
/** Short, because an entry keeps its segments in memory. */
const rowsKeepMs = 10 * 60_000;

const filtersText = (slice: Slice | undefined): string => JSON.stringify([...(slice?.filters ?? [])]);

/** Segments are replaced, never changed, so the same object means the same data. */
const isCurrent = (entry: CachedRows, slices: readonly Slice[], rates: RateTable): boolean =>
  entry.slices.length === slices.length &&
  entry.slices.every(
    (slice, index) => slice.segment === slices[index]?.segment && filtersText(slice) === filtersText(slices[index]),
  ) &&
  JSON.stringify(entry.rates) === JSON.stringify(rates);

export const createRowCache = (): RowCache => {
  const entries = new LRUCache<string, CachedRows>({
    maxSize: rowsMax,
    ttl: rowsKeepMs,
    sizeCalculation: (entry) => entry.arranged.rows.length + 1,
  });
  return {
    get: (question, slices, rates, make) => {
      const known = entries.get(question);
      if (known !== undefined && isCurrent(known, slices, rates)) return known.arranged;
      const arranged = make();
      entries.set(question, { slices, rates, arranged });
      return arranged;
    },
  };
};
