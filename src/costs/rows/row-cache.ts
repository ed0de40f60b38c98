import type { Clock } from '../../domain/clock.ts';
import type { Money } from '../../domain/money.ts';
import { SharedRuns } from '../../domain/shared-runs.ts';
import { type Turns, takeTurns } from '../../domain/turns.ts';
import { heldBytes, listBytesInTurns } from '../../store/held-bytes.ts';
import type { MemoryBudget } from '../../store/memory-budget.ts';
import type { Segment } from '../segments/segment.ts';
import type { CostRow } from './arrange.ts';
import type { Converted, RateTable } from './convert.ts';
import type { Slice } from './slice.ts';

/** The result that depends only on query, slices and rates. */
export interface Arranged {
  readonly rows: readonly CostRow[];
  readonly totals: readonly Money[];
  readonly converted: Pick<Converted, 'used' | 'unconverted'> | null;
}

export interface RowCache {
  /**
   * The cached result for an equal query over the same segments and rates, else that of `make`, which runs once for all
   * who ask meanwhile. It is cancelled when all of them have gone.
   */
  get(question: RowQuestion, make: (turns: Turns) => Promise<Arranged>): Promise<Arranged>;
}

export interface RowQuestion {
  readonly text: string;
  readonly slices: readonly Slice[];
  readonly rates: RateTable;
  /** Of the one who asks. */
  readonly signal: AbortSignal;
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
export const createRowCache = (budget: MemoryBudget, clock: Clock): RowCache => {
  const entries = budget.shelf<CachedRows>({ keepMs: rowsKeepMs, lossWeight: 1 });
  const runs = new SharedRuns<Arranged>();
  const numberOf = createNumbers();

  const keep = async (question: RowQuestion, rates: string, arranged: Arranged, turns: Turns): Promise<void> => {
    const marks = question.slices.map((slice) => ({
      segment: new WeakRef(slice.segment),
      filters: filtersText(slice),
    }));
    const { rows, ...beside } = arranged;
    const besideBytes = heldBytes(beside) + heldBytes(rates) + marks.length * markBytes;
    const bytes = await listBytesInTurns(rows, turns);
    entries.set(question.text, { slices: marks, rates, arranged }, { of: rows, bytes: () => bytes, besideBytes });
  };

  return {
    get: async (question, make) => {
      const { text, slices, signal } = question;
      const rates = JSON.stringify(question.rates);
      const known = entries.get(text);
      if (known !== undefined && isCurrent(known, slices, rates)) return known.arranged;
      const parts = slices.map((slice) => [numberOf(slice.segment), filtersText(slice)]);
      const { value } = await runs.run(JSON.stringify([text, rates, parts]), signal, async (shared) => {
        const turns = takeTurns(clock, { signal: shared });
        const arranged = await make(turns);
        await keep(question, rates, arranged, turns);
        return arranged;
      });
      return value;
    },
  };
};

/** A number for each segment. Segments are replaced, never changed, so an equal number means equal data. */
const createNumbers = (): ((segment: Segment) => number) => {
  const numbers = new WeakMap<Segment, number>();
  let last = 0;
  return (segment) => {
    const known = numbers.get(segment);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(segment, last);
    return last;
  };
};
