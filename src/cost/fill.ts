import type { Clock } from '../clock.ts';
import type { CostType } from '../domain/cost.ts';
import {
  addDays,
  type Day,
  daysIn,
  earlier,
  later,
  type Month,
  monthEnd,
  monthOf,
  monthStart,
  monthsIn,
} from '../domain/day.ts';
import { asFailure, Failure } from '../failure/failure.ts';
import type { Connection, Filing } from '../provider/connection.ts';
import type { CostReading, SourceCost } from '../provider/contract.ts';
import type { Journal } from './journal.ts';
import type { Source } from './plan.ts';
import { mergeReading, type SegmentKey, segmentName } from './segment.ts';
import type { Shelf } from './shelf.ts';

/** Buys what is lacking, once for all who wait, and keeps it. */
export interface Filler {
  /** Starts what is needed, joins what is under way; resolves when all of it has ended, well or not. */
  fill(order: FillOrder): Promise<void>;
  /** Why the last attempt at this segment failed, if it did. */
  refusal(key: SegmentKey): Failure | null;
  /** The last day that this connection's vendor is known to have wholly reported. */
  completeThrough(connection: Connection): Day | null;
}

export interface FillOrder {
  readonly connection: Connection;
  readonly filing: Filing;
  readonly source: Source;
  readonly costType: CostType;
  readonly lacking: ReadonlyMap<Month, readonly Day[]>;
  readonly purpose: 'dashboard' | 'refresh';
}

/** How long a fill may go on after its callers have left. */
const fillMsMax = 180_000;
/** A failure answers equal questions for this long, so that a crowd asks once. */
const refusalMs = 5_000;

export const segmentKey = (storageKey: string, source: Source, costType: CostType, month: Month): SegmentKey => ({
  storageKey,
  cube: source.cube.id,
  dimensions: source.dimensions,
  costType,
  month,
});

export interface FillerOptions {
  readonly clock: Clock;
  readonly shelf: Shelf;
  readonly journal: Journal;
}

export const openFiller = ({ clock, shelf, journal }: FillerOptions): Filler => {
  const inFlight = new Map<string, Promise<void>>();
  const refusals = new Map<string, { readonly failure: Failure; readonly until: number }>();
  const complete = new Map<string, Day>();

  const keep = async (order: FillOrder, span: Span, asOf: number, reading: CostReading): Promise<void> => {
    const { connection, filing, source, costType } = order;
    const daily = source.cube.grain === 'daily';
    const { byMonth, strays } = sortRows(daily, span, reading.items);
    const faults =
      strays === 0
        ? reading.faults
        : [...reading.faults, { path: 'rows', message: `${strays} rows lie outside the days asked for` }];
    const labels = Object.fromEntries(
      Object.entries(reading.labels ?? {}).map(([dimension, names]) => [dimension, Object.fromEntries(names)]),
    );
    for (const [month, rows] of byMonth) {
      const key = segmentKey(filing.storageKey, source, costType, month);
      const before = await shelf.get(key);
      const days = daily
        ? daysIn(later(span.start, monthStart(month)), earlier(span.end, monthEnd(month)))
        : [monthStart(month)];
      const { notes, completeThrough } = reading;
      const after = mergeReading(key, before, { asOf, days, rows, notes, faults, labels, completeThrough });
      await shelf.put(after);
      if (before !== null && daily) await journal.record(connection, before, after, days);
    }
    const through = [complete.get(connection.storageKey) ?? null, reading.completeThrough].filter(
      (day) => day !== null,
    );
    if (through.length > 0) complete.set(connection.storageKey, through.reduce(later));
  };

  const ask = async (order: FillOrder, span: Span): Promise<void> => {
    const { connection, source, costType, purpose } = order;
    const asOf = clock.now();
    const session = connection.session({ purpose, deadline: clock.monotonic() + fillMsMax });
    const { cube, dimensions } = source;
    const question = { cube: cube.id, dimensions, costType, start: span.start, end: span.end };
    const reading = await connection.connector.capabilities.costs.fill(session, question);
    if (reading.edition !== undefined && reading.edition !== order.filing.edition) throw switched();
    await keep(order, span, asOf, reading);
  };

  const refused = (name: string): Failure | null => {
    const refusal = refusals.get(name);
    return refusal !== undefined && refusal.until > clock.monotonic() ? refusal.failure : null;
  };

  /** One span bought; how it failed is remembered for every month it touches. */
  const start = async (order: FillOrder, span: Span, nameOf: (month: Month) => string): Promise<void> => {
    const names = monthsIn(span.start, span.end).map(nameOf);
    try {
      await ask(order, span);
    } catch (thrown) {
      const failure = asFailure(thrown);
      for (const name of names) refusals.set(name, { failure, until: clock.monotonic() + refusalMs });
    }
  };

  /** Others who need one of these months meanwhile join what is under way. */
  const announce = (months: readonly Month[], nameOf: (month: Month) => string, work: () => Promise<unknown>) => {
    const names = months.map(nameOf);
    for (const name of names) refusals.delete(name);
    const job = work().then(
      () => undefined,
      () => undefined,
    );
    for (const name of names) inFlight.set(name, job);
    return job.finally(() => {
      for (const name of names) if (inFlight.get(name) === job) inFlight.delete(name);
    });
  };

  return {
    fill: async (order) => {
      const nameOf = (month: Month) =>
        segmentName(segmentKey(order.filing.storageKey, order.source, order.costType, month));
      const joined = [...order.lacking.keys()].map((month) => inFlight.get(nameOf(month)));
      const mine = new Map(
        [...order.lacking].filter(([month]) => !inFlight.has(nameOf(month)) && refused(nameOf(month)) === null),
      );
      const spans = spansOf(order.source, mine, clock.today());
      const touched = [...new Set(spans.flatMap((span) => monthsIn(span.start, span.end)))];
      const bought = announce(touched, nameOf, () => Promise.all(spans.map((span) => start(order, span, nameOf))));
      await Promise.all([...joined, bought]);
    },
    refusal: (key) => refusals.get(segmentName(key))?.failure ?? null,
    completeThrough: (connection) => complete.get(connection.storageKey) ?? null,
  };
};

/** The vendor switched the unit of its figures between two questions; the next question finds out. */
const switched = (): Failure =>
  new Failure('vendor-incomplete', {
    public: 'The vendor switched the unit of its figures while they were read. Ask again in a moment.',
  });

interface Span {
  readonly start: Day;
  readonly end: Day;
}

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

/**
 * The spans a source has to be asked for, in as few calls as its cube allows. What costs the same is asked for
 * whole: a month where a week was wanted, because the next question will want the rest.
 */
const spansOf = (source: Source, lacking: ReadonlyMap<Month, readonly Day[]>, today: Day): Span[] => {
  const months = [...lacking.keys()].sort();
  if (source.cube.span === 'day') return months.flatMap((month) => runs(lacking.get(month) ?? []).flatMap(chunks));
  const tomorrow = addDays(today, 1);
  const whole = months.map((month) => ({ start: monthStart(month), end: earlier(monthEnd(month), tomorrow) }));
  const monthsMax = source.cube.monthsMax ?? 1;
  if (source.cube.span === 'month') return whole;
  return merged(whole, (last, next) => monthsIn(last.start, next.end).length <= monthsMax);
};

/** Consecutive days as spans. */
const runs = (days: readonly Day[]): Span[] =>
  merged(
    [...days].sort().map((day) => ({ start: day, end: addDays(day, 1) })),
    (last, next) => last.end === next.start,
  );

/** What one failed call takes with it is at most this many days. */
const chunkDays = 8;
const chunks = (span: Span): Span[] => {
  const days = daysIn(span.start, span.end);
  const count = Math.ceil(days.length / chunkDays);
  return Array.from({ length: count }, (_, index) => ({
    start: addDays(span.start, index * chunkDays),
    end: earlier(addDays(span.start, (index + 1) * chunkDays), span.end),
  }));
};

/** Joins neighbours, in order, as long as they may be joined. */
const merged = (spans: readonly Span[], joins: (last: Span, next: Span) => boolean): Span[] => {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last !== undefined && joins(last, span)) result[result.length - 1] = { start: last.start, end: span.end };
    else result.push(span);
  }
  return result;
};
