import type { Clock } from '../../domain/clock.ts';
import type { CostType } from '../../domain/cost.ts';
import { type Day, type Month, monthsIn } from '../../domain/day.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import { onceAcross } from '../../store/single.ts';
import type { Store } from '../../store/store.ts';
import type { CostReading } from '../../vendor/contract/contract.ts';
import { createSlots } from '../../vendor/upstream/slots.ts';
import type { Source } from '../planning/cover.ts';
import { type Span, spansOf } from '../planning/spans.ts';
import { createFailedFetches } from './failed-fetches.ts';
import { type FetchOrder, isOtherEdition, segmentKey } from './fetch-order.ts';
import { type FillProgress, openFill } from './fill-session.ts';
import { type SegmentKey, segmentName } from './segment.ts';
import type { SegmentWriter } from './segment-writer.ts';

/** Fetches missing days, once for all callers that wait for them, and stores them. */
export interface SegmentFetcher {
  /** Starts what no caller is fetching yet and joins the rest. Resolves when all of it has ended, even if it failed. */
  fetch(order: FetchOrder): Promise<void>;
  /** The failure of the last attempt at this segment; null if it succeeded. */
  refusal(key: SegmentKey): Failure | null;
  /** True while a retry is delayed after a failure. */
  delayed(key: SegmentKey): boolean;
}

/** How long a fill of another process is waited for. That process is alive while it renews its claim. */
const elsewhereMsMax = 3_600_000;

interface SpanOutcome {
  readonly failure: Failure | null;
  /** Days that are stored although the span failed. */
  readonly stored: ReadonlySet<Day>;
  readonly advanced: boolean;
}

/** What a job of one caller fetches of one month. */
interface FetchedMonth {
  readonly name: string;
  readonly done: Promise<void>;
}

export const createSegmentFetcher = (clock: Clock, store: Store, segmentWriter: SegmentWriter): SegmentFetcher => {
  const inFlight = new Map<string, Promise<void>>();
  const failedFetches = createFailedFetches(clock);

  const fetchSpan = async (order: FetchOrder, span: Span): Promise<SpanOutcome> => {
    const { connection, source, costType } = order;
    const nameOf = (days: Span): string => fillName(order.filing.storageKey, source, costType, days);
    const write = async (
      part: CostReading,
      days: Span,
      asOf: number,
      kept?: ReadonlySet<Day>,
    ): Promise<Failure | null> => {
      const months = monthsIn(days.start, days.end);
      if (part.edition !== undefined && isOtherEdition(order, part.edition, months)) {
        await connection.refile(part.edition);
        throw editionSwitched();
      }
      return segmentWriter.write(order, days, asOf, part, kept);
    };
    const fill: FillProgress = openFill({
      clock,
      store,
      order,
      days: span,
      nameOf,
      write: (part) => write(part, part, fill.asOf()),
    });
    try {
      const { cube, dimensions } = source;
      const question = { cube: cube.id, dimensions, costType, start: span.start, end: span.end };
      const known = await segmentWriter.stamps(order, span);
      await onceAcross({
        store,
        clock,
        name: `fill/${nameOf(span)}`,
        waitMsMax: elsewhereMsMax,
        read: async () => ((await segmentWriter.fetchedElsewhere(order, known)) ? true : null),
        work: async () => {
          const reading = await connection.connector.capabilities.costs.fill(fill.session, question);
          const refusal = await write(reading, span, fill.asOf(), fill.kept);
          await fill.session.resume.drop();
          const failure = fill.refusal() ?? refusal;
          if (failure !== null) throw failure;
          return true;
        },
      });
      return { failure: null, stored: fill.stored, advanced: fill.advanced() };
    } catch (thrown) {
      return { failure: asFailure(thrown), stored: fill.stored, advanced: fill.advanced() };
    }
  };

  /** Whether the span left days of this month open. */
  const leftOpen = (order: FetchOrder, month: Month, { failure, stored }: SpanOutcome): boolean => {
    const lacking = order.lacking.get(month) ?? [];
    return failure !== null && (lacking.length === 0 || lacking.some((day) => !stored.has(day)));
  };

  const noteOutcomes = (order: FetchOrder, month: Month, name: string, outcomes: readonly SpanOutcome[]): void => {
    const failed = outcomes.findLast((outcome) => leftOpen(order, month, outcome));
    // After progress the retry delay begins anew: the vendor answers.
    if (failed?.failure === undefined || failed.advanced) failedFetches.forget(name);
    if (failed?.failure) failedFetches.note(name, failed.failure, order.paceMs);
  };

  /** Fetches the spans in turn. A month is done when all spans that touch it are; it failed if any of them left days open. */
  const fetchSpans = (
    order: FetchOrder,
    spans: readonly Span[],
    nameOf: (month: Month) => string,
  ): ReadonlyMap<Month, FetchedMonth> => {
    const turns = createTurns(order.source.cube.spansAtOnce ?? 1);
    let refused: SpanOutcome | null = null;
    const inTurn = async (span: Span): Promise<SpanOutcome> => {
      if (refused !== null) return refused;
      const outcome = await fetchSpan(order, span);
      if (isRefused(outcome)) refused = { ...outcome, stored: new Set() };
      return outcome;
    };
    const outcomes = spans.map((span) => ({ span, outcome: turns(() => inTurn(span)) }));
    const months = [...new Set(spans.flatMap((span) => monthsIn(span.start, span.end)))];
    return new Map(
      months.map((month) => {
        const touching = outcomes.filter(({ span }) => monthsIn(span.start, span.end).includes(month));
        const name = nameOf(month);
        const done = Promise.all(touching.map(({ outcome }) => outcome)).then((ended) =>
          noteOutcomes(order, month, name, ended),
        );
        return [month, { name, done }];
      }),
    );
  };

  return {
    fetch: async (order) => {
      const nameOf = (month: Month) => segmentName(segmentKey(order, month));
      const joined = [...order.lacking.keys()].map((month) => inFlight.get(nameOf(month)));
      const claimed = new Map(
        [...order.lacking].filter(
          ([month]) => !inFlight.has(nameOf(month)) && failedFetches.active(nameOf(month)) === null,
        ),
      );
      const spans = spansOf(order.source, claimed, order.unread, clock.today());
      const fetched = [...fetchSpans(order, spans, nameOf).values()];
      for (const { name, done } of fetched) {
        inFlight.set(name, done);
        void done.then(() => {
          if (inFlight.get(name) === done) inFlight.delete(name);
        });
      }
      await Promise.all([...joined, ...fetched.map(({ done }) => done)]);
    },
    refusal: (key) => failedFetches.last(segmentName(key)),
    delayed: (key) => failedFetches.active(segmentName(key)) !== null,
  };
};

const fillName = (storageKey: string, { cube, dimensions }: Source, costType: CostType, { start, end }: Span): string =>
  [storageKey, cube.id, costType, encodeURIComponent(dimensions.join(' ')), start, end].join('/');

/** The vendor does not let this connection read such figures, so the other spans are not asked for. */
const isRefused = ({ failure }: SpanOutcome): boolean =>
  failure?.kind === 'credentials-rejected' || failure?.kind === 'permission-missing';

/** Runs work in the order of asking, so many at the same time. */
const createTurns = (atOnce: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  const slots = createSlots(atOnce, Number.POSITIVE_INFINITY);
  const never = new AbortController().signal;
  return async (work) => {
    const release = await slots.take(never);
    try {
      return await work();
    } finally {
      release();
    }
  };
};

/** The edition changed during the fetch. The next request reads the new one. */
const editionSwitched = (): Failure =>
  new Failure('vendor-incomplete', {
    public: 'The vendor switched the unit of its figures while they were read. Ask again in a moment.',
  });
