import { addDays, type Day, daysBetween, earlier, monthOf, monthStart } from '../../src/domain/day.ts';
import type { CostReading, FillSession } from '../../src/vendor/kit/index.ts';
import type { CostProgress } from './cost-progress.ts';
import type { CostTable, DaySpan } from './cost-table.ts';
import { ResultTooBig, type WalkedCosts } from './cost-walk.ts';
import { outsideNote } from './normalise.ts';
import type { WireCost } from './wire.ts';

/** Rows that are settled and handed over at a time. */
const rowsAtOnce = 100_000;
/** After so many queries that time out the fill ends. Each is charged, and a vendor that is down answers none. */
const timeoutsMax = 2;

/** The day in the middle, at the first of a month where the span has one inside. */
export const middleOf = ({ start, end }: DaySpan): Day | null => {
  const days = daysBetween(start, end);
  if (days < 2) return null;
  const middle = addDays(start, Math.floor(days / 2));
  const month = monthStart(monthOf(middle));
  return month > start ? month : middle;
};

/** Runs of whole days of so many rows that one reading of them fits into memory. */
const chunksOf = (table: CostTable, span: DaySpan): DaySpan[] => {
  const chunks: DaySpan[] = [];
  let start = span.start;
  let rows = 0;
  for (const [day, count] of table.rowsByDay) {
    if (day < span.start || day >= span.end) continue;
    if (rows > 0 && rows + count > rowsAtOnce) {
      chunks.push({ start, end: day });
      start = day;
      rows = 0;
    }
    rows += count;
  }
  return [...chunks, { start, end: span.end }];
};

export interface SpanReading {
  readonly session: FillSession;
  readonly progress: CostProgress;
  /** The last day before today that any row has is complete. */
  readonly completeThrough: (table: CostTable) => Day | null;
  /** One query, over all its pages. Throws `ResultTooBig` where it should be divided. */
  readonly walk: (span: DaySpan) => Promise<WalkedCosts>;
  /** Of all the costs that came for the span. */
  readonly settle: (costs: readonly WireCost[], span: DaySpan) => Promise<CostReading>;
}

const nothingLeft: CostReading = { items: [], notes: [], faults: [], completeThrough: null };

/**
 * Reads the days of a span. What is small is returned; what is big is handed over in chunks. A span that one query
 * cannot answer is divided, and each half is handed over when it is read.
 */
export const readSpan = async (asked: DaySpan, reading: SpanReading): Promise<CostReading> => {
  const { session, progress } = reading;
  const turns = session.turns();
  let timeouts = 0;

  const handOver = async (walked: WalkedCosts, span: DaySpan): Promise<void> => {
    const { table, faults } = walked;
    const completeThrough = reading.completeThrough(table);
    const before = await table.costsIn({ start: '', end: span.start }, turns);
    const after = await table.costsIn({ start: span.end, end: '9999' }, turns);
    const stray = outsideNote(before.length + after.length, span);
    for (const chunk of chunksOf(table, span)) {
      const part = await reading.settle(await table.costsIn(chunk, turns), chunk);
      const notes = [...part.notes, ...stray];
      await session.keep({ ...part, notes, faults: [...faults, ...part.faults], ...chunk, completeThrough });
    }
  };

  const walkOrDivide = async (span: DaySpan): Promise<WalkedCosts | Day> => {
    const known = progress.middleOf(span);
    if (known !== null) return known;
    try {
      return await reading.walk(span);
    } catch (thrown) {
      if (!(thrown instanceof ResultTooBig)) throw thrown;
      const middle = middleOf(span);
      if (middle === null) throw thrown.failure;
      if (thrown.failure.kind === 'vendor-timeout') timeouts += 1;
      await progress.saveSplit(span, middle);
      // The next attempt begins with the halves.
      if (timeouts >= timeoutsMax) throw thrown.failure;
      return middle;
    }
  };

  const readHalves = async (span: DaySpan, middle: Day): Promise<void> => {
    for (const half of [
      { start: span.start, end: middle },
      { start: middle, end: span.end },
    ]) {
      const read = await walkOrDivide(half);
      if (typeof read === 'string') await readHalves(half, read);
      else await handOver(read, half);
    }
  };

  const whole = await walkOrDivide(asked);
  if (typeof whole === 'string') {
    await readHalves(asked, whole);
    return nothingLeft;
  }
  const rows = whole.table.rowsByDay.reduce((total, [, count]) => total + count, 0);
  if (rows <= rowsAtOnce) {
    const read = await reading.settle(await whole.table.costsIn({ start: '', end: '9999' }, turns), asked);
    return { ...read, faults: [...whole.faults, ...read.faults] };
  }
  await handOver(whole, asked);
  return nothingLeft;
};

/** The days of a question that can have costs: those of the future have none. */
export const askedDays = ({ start, end }: DaySpan, today: Day): DaySpan => ({
  start,
  end: earlier(end, addDays(today, 1)),
});
