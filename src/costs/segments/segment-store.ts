import type { Clock } from '../../domain/clock.ts';
import type { CostType } from '../../domain/cost.ts';
import type { Day, Month } from '../../domain/day.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { Connection, Filing } from '../../vendor/connection.ts';
import type { Ages } from '../../vendor/contract/contract.ts';
import type { MonthNeed, Source } from '../planning/cover.ts';
import { pacedAges } from './ages.ts';
import { createDayConditions } from './day-conditions.ts';
import { segmentKey } from './fetch-order.ts';
import type { Segment } from './segment.ts';
import type { SegmentCache } from './segment-cache.ts';
import type { SegmentFetcher } from './segment-fetch.ts';

/** What is held of one month after everything that could be done for it was done. */
export interface StoredMonth {
  readonly need: MonthNeed;
  readonly source: Source;
  readonly segment: Segment | null;
  /** Days of the need that nothing usable is known of. */
  readonly absent: readonly Day[];
  /** Set when a refresh that was due failed: what is held is old, or not all there. */
  readonly failure: Failure | null;
}

export interface EnsureOptions {
  readonly noCache: boolean;
  /** The caller waits no longer than this; the fill goes on. A value of the monotonic clock. */
  readonly deadline: number;
}

/** One source of one connection and the months a question needs of it. */
export interface Demand {
  readonly connection: Connection;
  readonly filing: Filing;
  readonly source: Source;
  readonly costType: CostType;
  readonly needs: readonly MonthNeed[];
}

export interface SegmentStore {
  /** Refreshes what is too old, buys what is absent, and says what is then held. */
  ensure(demand: Demand, options: EnsureOptions): Promise<StoredMonth[]>;
  /** How many days of one month would have to be bought: nothing is. */
  lacking(demand: Demand): Promise<number>;
  /** The same cube with more dimensions than needed, where such data was paid for already. */
  supersets(filing: Filing, source: Source, costType: CostType): Promise<Source[]>;
}

export interface SegmentStoreOptions {
  readonly clock: Clock;
  readonly segmentCache: SegmentCache;
  readonly segmentFetcher: SegmentFetcher;
  readonly staleIfErrorMs: number;
}

/** `no-cache` brings a refresh forward, but never to more than one in this time. */
const noCacheMsMin = 10_000;
/** How often what others were buying is waited for before the rest is given up. */
const roundsMax = 3;
/** A question counts as in use for this long after it was last asked. */
const questionMemoryMs = 3_600_000;

interface Pacing {
  readonly ages: Ages;
  /** `no-cache` refreshes nothing younger than this. */
  readonly noCacheMs: number;
  readonly paceMs: number;
}

export const createSegmentStore = ({
  clock,
  segmentCache,
  segmentFetcher,
  staleIfErrorMs,
}: SegmentStoreOptions): SegmentStore => {
  const questions = new Map<string, Map<string, number>>();
  const conditions = createDayConditions(clock);

  const countQuestion = ({ connection, source, costType }: Demand): void => {
    const asked = questions.get(connection.storageKey) ?? new Map<string, number>();
    asked.set(`${source.cube.id} ${costType} ${source.dimensions.join(' ')}`, clock.monotonic());
    for (const [text, at] of asked) if (clock.monotonic() - at > questionMemoryMs) asked.delete(text);
    questions.set(connection.storageKey, asked);
  };

  /** The ages in force: paced when refreshes draw on a quota that all questions now in use have to share. */
  const pacingOf = ({ connection, source }: Demand): Pacing => {
    const { ages } = connection.connector.capabilities.costs;
    const quota = connection.connector.limits.quotas.find((limit) => limit.name === source.cube.quota);
    if (quota === undefined) return { ages, noCacheMs: noCacheMsMin, paceMs: 0 };
    const asked = questions.get(connection.storageKey) ?? new Map<string, number>();
    const paceMs = quota.windowMs / quota.limit;
    return { ages: pacedAges(ages, quota, asked.size), noCacheMs: paceMs * Math.max(1, asked.size), paceMs };
  };

  const heldOf = async (demand: Demand, need: MonthNeed, ages: Ages, late: boolean): Promise<StoredMonth> => {
    const { source } = demand;
    const key = segmentKey(demand.filing.storageKey, source, demand.costType, need.month);
    const segment = await segmentCache.get(key);
    const unfresh = conditions.unfresh(source, need, segment, ages).filter(({ state }) => state !== 'due');
    if (unfresh.length === 0) return { need, source, segment, absent: [], failure: null };
    const absent = unfresh.filter(({ state, staleMs }) => state === 'absent' || staleMs > staleIfErrorMs);
    const failure = late ? tooLate : (segmentFetcher.refusal(key) ?? nothingCame);
    return { need, source, segment, absent: absent.map(({ day }) => day), failure };
  };

  /** A refresh that was forced and failed is said, although what is held is still young. */
  const refreshed = ({ filing, source, costType }: Demand, held: StoredMonth): StoredMonth => {
    const refusal = segmentFetcher.refusal(segmentKey(filing.storageKey, source, costType, held.need.month));
    return held.failure === null && refusal !== null ? { ...held, failure: refusal } : held;
  };

  const wanting = async (demand: Demand, ages: Ages, forcedAfterMs: number | null) => {
    const { source, needs, filing, costType } = demand;
    const urgent = new Map<Month, Day[]>();
    const soon = new Map<Month, Day[]>();
    for (const need of needs) {
      const segment = await segmentCache.get(segmentKey(filing.storageKey, source, costType, need.month));
      const found =
        forcedAfterMs === null
          ? conditions.unfresh(source, need, segment, ages)
          : conditions.forced(source, need, segment, ages, forcedAfterMs);
      const days = found.map(({ day }) => day);
      if (found.some(({ state }) => state !== 'due')) urgent.set(need.month, days);
      else if (days.length > 0) soon.set(need.month, days);
    }
    return { urgent, soon };
  };

  /** What was under way for another caller may have been for other days: then the rest is bought as well. */
  const fillUp = async (
    demand: Demand,
    urgent: ReadonlyMap<Month, Day[]>,
    ages: Ages,
    paceMs: number,
  ): Promise<void> => {
    let lacking = urgent;
    for (let round = 0; round < roundsMax && lacking.size > 0; round += 1) {
      await segmentFetcher.fetch({ ...demand, lacking, purpose: 'dashboard', paceMs });
      const left = (await wanting(demand, ages, null)).urgent;
      const { filing, source, costType } = demand;
      lacking = new Map(
        [...left].filter(([month]) => !segmentFetcher.standing(segmentKey(filing.storageKey, source, costType, month))),
      );
    }
  };

  return {
    ensure: async (demand, options) => {
      countQuestion(demand);
      const { ages, noCacheMs, paceMs } = pacingOf(demand);
      const { urgent, soon } = await wanting(demand, ages, options.noCache ? noCacheMs : null);
      if (soon.size > 0) void segmentFetcher.fetch({ ...demand, lacking: soon, purpose: 'refresh', paceMs });
      let late = false;
      if (urgent.size > 0) {
        const done = fillUp(demand, urgent, ages, paceMs).then(() => false);
        late = await new Promise<boolean>((resolve) => {
          const cancel = clock.after(options.deadline - clock.monotonic(), () => resolve(true));
          void done.then(resolve).finally(cancel);
        });
      }
      const held = await Promise.all(demand.needs.map((need) => heldOf(demand, need, ages, late)));
      return options.noCache
        ? held.map((each) => (urgent.has(each.need.month) ? refreshed(demand, each) : each))
        : held;
    },
    supersets: async ({ storageKey }, { cube, dimensions }, costType) =>
      (await segmentCache.dimensionSets({ storageKey, cube: cube.id, costType }))
        .filter((held) => held.length > dimensions.length && dimensions.every((each) => held.includes(each)))
        .map((held) => ({ cube, dimensions: held })),
    lacking: async (demand) => {
      const { filing, source, costType, needs } = demand;
      const { ages } = pacingOf(demand);
      let days = 0;
      for (const need of needs) {
        const segment = await segmentCache.get(segmentKey(filing.storageKey, source, costType, need.month));
        days += conditions.unfresh(source, need, segment, ages).filter(({ state }) => state !== 'due').length;
      }
      return days;
    },
  };
};

const tooLate = new Failure('deadline-exceeded', {
  public:
    'The vendor had not answered when the deadline of this request was reached; its answer will be kept for the next one.',
});
const nothingCame = new Failure('vendor-incomplete', {
  public: 'The vendor reported nothing for a part of the range.',
});
