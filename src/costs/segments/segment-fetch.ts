import type { Clock } from '../../domain/clock.ts';
import { type Month, monthsIn } from '../../domain/day.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import { onceAcross } from '../../store/single.ts';
import type { Store } from '../../store/store.ts';
import { type Span, spansOf } from '../planning/spans.ts';
import { createFailedFetches } from './failed-fetches.ts';
import { type FetchOrder, segmentKey } from './fetch-order.ts';
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

/** Time limit of a fetch, which goes on after its callers have left. */
const fillMsMax = 180_000;

export const createSegmentFetcher = (clock: Clock, store: Store, segmentWriter: SegmentWriter): SegmentFetcher => {
  const inFlight = new Map<string, Promise<void>>();
  const failedFetches = createFailedFetches(clock);

  const fetchSpan = async (order: FetchOrder, span: Span): Promise<Failure | null> => {
    const { connection, source, costType, purpose } = order;
    const { storageKey, edition } = order.filing;
    try {
      const asOf = clock.now();
      const session = connection.session({ purpose, deadline: clock.monotonic() + fillMsMax });
      const { cube, dimensions } = source;
      const question = { cube: cube.id, dimensions, costType, start: span.start, end: span.end };
      const known = await segmentWriter.stamps(order, span);
      await onceAcross({
        store,
        clock,
        name: [
          'fill',
          storageKey,
          cube.id,
          costType,
          encodeURIComponent(dimensions.join(' ')),
          span.start,
          span.end,
        ].join('/'),
        waitMsMax: fillMsMax,
        read: async () => ((await segmentWriter.fetchedElsewhere(order, known)) ? true : null),
        work: async () => {
          const reading = await connection.connector.capabilities.costs.fill(session, question);
          if (reading.edition !== undefined && reading.edition !== edition) throw editionSwitched();
          await segmentWriter.write(order, span, asOf, reading);
          return true;
        },
      });
      return null;
    } catch (thrown) {
      return asFailure(thrown);
    }
  };

  /** Fetches the spans in parallel. A month failed if any span that touches it failed. */
  const fetchSpans = async (
    order: FetchOrder,
    spans: readonly Span[],
    months: ReadonlyMap<Month, string>,
  ): Promise<void> => {
    const outcomes = await Promise.all(spans.map(async (span) => ({ span, failure: await fetchSpan(order, span) })));
    const failures = new Map<Month, Failure>();
    for (const { span, failure } of outcomes) {
      if (failure !== null) for (const month of monthsIn(span.start, span.end)) failures.set(month, failure);
    }
    for (const [month, name] of months) {
      const failure = failures.get(month);
      if (failure === undefined) failedFetches.forget(name);
      else failedFetches.note(name, failure, order.paceMs);
    }
  };

  return {
    fetch: async (order) => {
      const nameOf = (month: Month) =>
        segmentName(segmentKey(order.filing.storageKey, order.source, order.costType, month));
      const joined = [...order.lacking.keys()].map((month) => inFlight.get(nameOf(month)));
      const claimed = new Map(
        [...order.lacking].filter(
          ([month]) => !inFlight.has(nameOf(month)) && failedFetches.active(nameOf(month)) === null,
        ),
      );
      const spans = spansOf(order.source, claimed, clock.today());
      const months = new Map(
        spans.flatMap((span) => monthsIn(span.start, span.end)).map((month) => [month, nameOf(month)]),
      );
      const job = fetchSpans(order, spans, months);
      for (const name of months.values()) inFlight.set(name, job);
      await job;
      for (const name of months.values()) if (inFlight.get(name) === job) inFlight.delete(name);
      await Promise.all(joined);
    },
    refusal: (key) => failedFetches.last(segmentName(key)),
    delayed: (key) => failedFetches.active(segmentName(key)) !== null,
  };
};

/** The edition changed during the fetch. The next request reads the new one. */
const editionSwitched = (): Failure =>
  new Failure('vendor-incomplete', {
    public: 'The vendor switched the unit of its figures while they were read. Ask again in a moment.',
  });
