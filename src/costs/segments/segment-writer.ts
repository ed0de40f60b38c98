import type { Clock } from '../../domain/clock.ts';
import type { CostType } from '../../domain/cost.ts';
import {
  type Day,
  daysIn,
  earlier,
  later,
  type Month,
  monthEnd,
  monthOf,
  monthStart,
  monthsIn,
} from '../../domain/day.ts';
import type { Failure } from '../../domain/failure/failure.ts';
import { type Turns, takeTurns } from '../../domain/turns.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { CostReading, ReadingFault, SourceCost } from '../../vendor/contract/contract.ts';
import { incompleteness } from '../../vendor/part.ts';
import type { Span } from '../planning/spans.ts';
import type { ChangeLog } from './change-log.ts';
import { type FetchOrder, segmentKey } from './fetch-order.ts';
import { mergeReading, segmentName, withFaults } from './segment.ts';
import type { SegmentCache } from './segment-cache.ts';

/** Writes readings into segments. */
export interface SegmentWriter {
  /**
   * Writes the days of the span except those that were handed over before. Faults of a reading without days of its
   * own go to those. A failure where days of the order's cost type were refused, because stored ones have no faults.
   */
  write(
    order: FetchOrder,
    span: Span,
    asOf: number,
    reading: CostReading,
    kept?: ReadonlySet<Day>,
  ): Promise<Failure | null>;
  completeThrough(connection: Connection): Day | null;
  /** When each missing day of the span was last read; null for never. */
  stamps(order: FetchOrder, span: Span): Promise<Stamps>;
  /** Whether another process has read all of these days since. If so, they are now in memory. */
  fetchedElsewhere(order: FetchOrder, stamps: Stamps): Promise<boolean>;
}

export type Stamps = ReadonlyMap<Day, number | null>;

export const createSegmentWriter = (clock: Clock, segmentCache: SegmentCache, changeLog: ChangeLog): SegmentWriter => {
  const complete = new Map<string, Day>();
  const queues = new Map<string, Promise<void>>();

  /** Writes to one segment run one after another. */
  const inOrder = (name: string, work: () => Promise<void>): Promise<void> => {
    const run = (queues.get(name) ?? Promise.resolve()).then(work);
    const settled = run.catch(() => undefined);
    queues.set(name, settled);
    void settled.then(() => {
      if (queues.get(name) === settled) queues.delete(name);
    });
    return run;
  };

  const noteCompleteThrough = (connection: Connection, through: Day | null): void => {
    const known = complete.get(connection.storageKey);
    if (through !== null) complete.set(connection.storageKey, known === undefined ? through : later(known, through));
  };

  /** Writes one cost type and returns the faults that no stored day carries. */
  const writeCostType = async (
    order: FetchOrder,
    span: Span,
    asOf: number,
    reading: CostReading,
    kept: ReadonlySet<Day>,
  ): Promise<readonly ReadingFault[]> => {
    const { connection, source } = order;
    const daily = source.cube.grain === 'daily';
    const { notes, completeThrough } = reading;
    const turns = takeTurns(clock);
    const { byMonth, outside } = await sortRows(daily, span, reading.items, kept, turns);
    const outsideFault = { path: 'rows', message: `${outside} rows lie outside the days asked for` };
    const faults = outside === 0 ? reading.faults : [...reading.faults, outsideFault];
    const labels = Object.fromEntries(
      Object.entries(reading.labels ?? {}).map(([dimension, names]) => [dimension, Object.fromEntries(names)]),
    );
    const refused: ReadingFault[] = [];
    const allKept = faults.length > 0 && daily && daysIn(span.start, span.end).every((day) => kept.has(day));
    for (const [month, rows] of byMonth) {
      const key = segmentKey(order, month);
      const all = daysToWrite(daily, span, month);
      const days = all.filter((day) => !kept.has(day));
      if (days.length === 0 && !allKept) continue;
      await inOrder(segmentName(key), async () => {
        const before = await segmentCache.get(key);
        if (allKept) {
          if (before !== null) await segmentCache.put(withFaults(before, all, faults));
          return;
        }
        const part = { asOf, days, rows, notes, faults, labels, completeThrough };
        const merged = await mergeReading(key, before, part, turns);
        await segmentCache.put(merged.segment);
        for (const fault of merged.refused) refused.push(fault);
        if (before !== null && daily) await changeLog.record(connection, before, merged.segment, days);
      });
    }
    return refused;
  };

  return {
    write: async (order, span, asOf, reading, kept = noDays) => {
      const refused: ReadingFault[] = [];
      for (const costType of [order.costType, ...(reading.costTypes ?? [])]) {
        const own = costType === order.costType;
        const part = own ? reading : { ...reading, ...(await inCostType(reading, costType, takeTurns(clock))) };
        const faults = await writeCostType({ ...order, costType }, span, asOf, part, kept);
        if (own) refused.push(...faults);
      }
      noteCompleteThrough(order.connection, reading.completeThrough);
      return incompleteness(refused);
    },
    stamps: async (order, span) => {
      const stamps = new Map<Day, number | null>();
      for (const [month, days] of order.lacking) {
        const segment = segmentCache.inMemory(segmentKey(order, month));
        for (const day of days) {
          const inside = monthsIn(span.start, span.end).includes(month);
          if (inside) stamps.set(day, segment?.blocks.get(day)?.asOf ?? null);
        }
      }
      return stamps;
    },
    fetchedElsewhere: async (order, stamps) => {
      for (const month of new Set([...stamps.keys()].map(monthOf))) {
        const segment = await segmentCache.reread(segmentKey(order, month));
        for (const [day, stamp] of stamps) {
          const asOf = monthOf(day) === month ? segment?.blocks.get(day)?.asOf : Number.POSITIVE_INFINITY;
          if (asOf === undefined || asOf <= (stamp ?? -1)) return false;
        }
      }
      return stamps.size > 0;
    },
    completeThrough: (connection) => complete.get(connection.storageKey) ?? null,
  };
};

const noDays: ReadonlySet<Day> = new Set();

const daysToWrite = (daily: boolean, span: Span, month: Month): readonly Day[] =>
  daily ? daysIn(later(span.start, monthStart(month)), earlier(span.end, monthEnd(month))) : [monthStart(month)];

/** The reading in another cost type. A row without that amount is a fault of its day. */
const inCostType = async (
  reading: CostReading,
  costType: CostType,
  turns: Turns,
): Promise<Pick<CostReading, 'items' | 'faults'>> => {
  const lacking = new Map<Day, number>();
  const items: SourceCost[] = [];
  for (const row of reading.items) {
    if (turns.due()) await turns.next();
    const amount = row.amounts?.[costType];
    if (amount !== undefined) items.push({ ...row, amount });
    else lacking.set(row.day, (lacking.get(row.day) ?? 0) + 1);
  }
  const faults = [...lacking].map(([day, count]) => ({
    path: 'rows',
    message: `${count} rows came without their ${costType} cost`,
    day,
  }));
  return { items, faults: [...reading.faults, ...faults] };
};

/** Rows by month. Rows outside the span are counted, because dropping them silently would hide a fault of the vendor. */
const sortRows = async (
  daily: boolean,
  span: Span,
  rows: readonly SourceCost[],
  kept: ReadonlySet<Day>,
  turns: Turns,
) => {
  const byMonth = new Map<Month, SourceCost[]>(monthsIn(span.start, span.end).map((month) => [month, []]));
  let outside = 0;
  for (const row of rows) {
    if (turns.due()) await turns.next();
    const month = monthOf(row.day);
    const inside = !daily || (row.day >= span.start && row.day < span.end && !kept.has(row.day));
    const list = inside ? byMonth.get(month) : undefined;
    if (list === undefined) outside += 1;
    else list.push(daily ? row : { ...row, day: monthStart(month) });
  }
  return { byMonth, outside };
};
