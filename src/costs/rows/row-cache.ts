import type { Money } from '../../domain/money.ts';
import { heldBytes } from '../../store/held-bytes.ts';
import type { MemoryBudget } from '../../store/memory-budget.ts';
import type { Segment } from '../segments/segment.ts';
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

/** Held weakly: what bounds the segments in memory is their own cache, and a segment that left it is read anew. */
interface SliceMark {
  readonly segment: WeakRef<Segment>;
  readonly filters: string;
}

interface CachedRows {
  readonly slices: readonly SliceMark[];
  readonly rates: string;
  readonly arranged: Arranged;
}

const rowsKeepMs = 10 * 60_000;
/** Beside the rows, for each slice. */
const markBytes = 200;

const filtersText = (slice: Slice): string => JSON.stringify([...(slice.filters ?? [])]);

/** Segments are replaced, never changed, so the same object means the same data. */
const isCurrent = (entry: CachedRows, slices: readonly Slice[], rates: string): boolean =>
  entry.slices.length === slices.length &&
  slices.every((slice, index) => {
    const mark = entry.slices[index];
    return mark?.segment.deref() === slice.segment && mark.filters === filtersText(slice);
  }) &&
  entry.rates === rates;

/** Lost rows are made again from segments, so they leave memory before the snapshot of a cursor does. */
export const createRowCache = (budget: MemoryBudget): RowCache => {
  const entries = budget.shelf<CachedRows>({ keepMs: rowsKeepMs, lossWeight: 1 });
  return {
    get: (question, slices, table, make) => {
      const rates = JSON.stringify(table);
      const known = entries.get(question);
      if (known !== undefined && isCurrent(known, slices, rates)) return known.arranged;
      const arranged = make();
      const marks = slices.map((slice) => ({ segment: new WeakRef(slice.segment), filters: filtersText(slice) }));
      const { rows, ...beside } = arranged;
      const besideBytes = heldBytes(beside) + heldBytes(rates) + slices.length * markBytes;
      const entry = { slices: marks, rates, arranged };
      entries.set(question, entry, { of: rows, bytes: () => heldBytes(rows), besideBytes });
      return arranged;
    },
  };
};
