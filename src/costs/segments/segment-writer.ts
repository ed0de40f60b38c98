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
import type { Connection } from '../../vendor/connection.ts';
import type { CostReading, ReadingFault, SourceCost } from '../../vendor/contract/contract.ts';
import { incompleteness } from '../../vendor/part.ts';
import type { Span } from '../planning/spans.ts';
import type { ChangeLog } from './change-log.ts';
import { type FetchOrder, segmentKey } from './fetch-order.ts';
import { mergeReading, segmentName } from './segment.ts';
import type { SegmentCache } from './segment-cache.ts';

/** Puts what was bought where the next question finds it. */
export interface SegmentWriter {
  /** Throws where a part of the reading was too faulty to replace what is held. */
  write(order: FetchOrder, span: Span, asOf: number, reading: CostReading): Promise<void>;
  completeThrough(connection: Connection): Day | null;
  /** When each day of the span that is lacking was last read; null where it never was. */
  stamps(order: FetchOrder, span: Span): Promise<Stamps>;
  /** Has another process read all of these days since? Then they are taken over from the store. */
  boughtElsewhere(order: FetchOrder, stamps: Stamps): Promise<boolean>;
}

export type Stamps = ReadonlyMap<Day, number | null>;

export const createSegmentWriter = (segmentCache: SegmentCache, journal: ChangeLog): SegmentWriter => {
  const complete = new Map<string, Day>();
  const turns = new Map<string, Promise<void>>();

  /** Two parts of one month that arrive together are put in one after the other. */
  const inTurn = (name: string, work: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => undefined);
    turns.set(name, settled);
    void settled.then(() => {
      if (turns.get(name) === settled) turns.delete(name);
    });
    return turn;
  };

  const learn = (connection: Connection, through: Day | null): void => {
    const known = complete.get(connection.storageKey);
    if (through !== null) complete.set(connection.storageKey, known === undefined ? through : later(known, through));
  };

  return {
    write: async ({ connection, filing, source, costType }, span, asOf, reading) => {
      const daily = source.cube.grain === 'daily';
      const { notes, completeThrough } = reading;
      const { byMonth, strays } = sortRows(daily, span, reading.items);
      const stray = { path: 'rows', message: `${strays} rows lie outside the days asked for` };
      const faults = strays === 0 ? reading.faults : [...reading.faults, stray];
      const labels = Object.fromEntries(
        Object.entries(reading.labels ?? {}).map(([dimension, names]) => [dimension, Object.fromEntries(names)]),
      );
      const refused: ReadingFault[] = [];
      for (const [month, rows] of byMonth) {
        const key = segmentKey(filing.storageKey, source, costType, month);
        const days = daily
          ? daysIn(later(span.start, monthStart(month)), earlier(span.end, monthEnd(month)))
          : [monthStart(month)];
        await inTurn(segmentName(key), async () => {
          const before = await segmentCache.get(key);
          const merged = mergeReading(key, before, { asOf, days, rows, notes, faults, labels, completeThrough });
          await segmentCache.put(merged.segment);
          for (const fault of merged.refused) refused.push(fault);
          if (before !== null && daily) await journal.record(connection, before, merged.segment, days);
        });
      }
      learn(connection, completeThrough);
      const failure = incompleteness(refused);
      if (failure !== null) throw failure;
    },
    stamps: async (order, span) => {
      const stamps = new Map<Day, number | null>();
      for (const [month, days] of order.lacking) {
        const segment = segmentCache.inMemory(keyOf(order, month));
        for (const day of days) {
          const inside = monthsIn(span.start, span.end).includes(month);
          if (inside) stamps.set(day, segment?.blocks.get(day)?.asOf ?? null);
        }
      }
      return stamps;
    },
    boughtElsewhere: async (order, stamps) => {
      for (const month of new Set([...stamps.keys()].map(monthOf))) {
        const segment = await segmentCache.reread(keyOf(order, month));
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

const keyOf = ({ filing, source, costType }: FetchOrder, month: Month) =>
  segmentKey(filing.storageKey, source, costType, month);

/** Rows by month; those outside the span are counted, because what a vendor sends is never dropped in silence. */
const sortRows = (daily: boolean, span: Span, rows: readonly SourceCost[]) => {
  const byMonth = new Map<Month, SourceCost[]>(monthsIn(span.start, span.end).map((month) => [month, []]));
  let strays = 0;
  for (const row of rows) {
    const month = monthOf(row.day);
    const list = !daily || (row.day >= span.start && row.day < span.end) ? byMonth.get(month) : undefined;
    if (list === undefined) strays += 1;
    else list.push(daily ? row : { ...row, day: monthStart(month) });
  }
  return { byMonth, strays };
};
