import type { Clock } from '../../domain/clock.ts';
import type { CostType } from '../../domain/cost.ts';
import { addDays, type Day, earlier, type Month, monthEnd, monthStart } from '../../domain/day.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { Connection, Filing } from '../../vendor/connection.ts';
import type { Ages } from '../../vendor/contract/contract.ts';
import { noCacheMsMin } from '../../vendor/list-cache.ts';
import { vendorAnswerLate } from '../../vendor/part.ts';
import type { MonthNeed, Source } from '../planning/cover.ts';
import { pacedAges } from './ages.ts';
import { createDayConditions, type DayCondition } from './day-conditions.ts';
import { segmentKey } from './fetch-order.ts';
import type { Segment } from './segment.ts';
import type { SegmentCache } from './segment-cache.ts';
import type { SegmentFetcher } from './segment-fetch.ts';
import { createStoredLayouts, type StoredLayouts } from './stored-layouts.ts';

/** What is stored of one month after the fetches of this request. */
export interface StoredMonth {
  readonly need: MonthNeed;
  readonly source: Source;
  readonly segment: Segment | null;
  /** Days of the need without a usable figure. */
  readonly absent: readonly Day[];
  /** Days of the need that are not stored, and that the vendor keeps no longer. */
  readonly beyondHistory: readonly Day[];
  /** Set when a fetch failed, so that stored days are stale or missing. */
  readonly failure: Failure | null;
}

export interface EnsureOptions {
  readonly noCache: boolean;
  /** Wait limit of the caller, by the monotonic clock. The fetch goes on after it. */
  readonly deadline: number;
  /** What the fetch is for; `dashboard` when absent. */
  readonly purpose?: 'dashboard' | 'backfill';
}

/** One source of one connection, and the months that a query needs of it. */
export interface Demand {
  readonly connection: Connection;
  readonly filing: Filing;
  readonly source: Source;
  readonly costType: CostType;
  readonly needs: readonly MonthNeed[];
}

export interface Lacking {
  /** Number of days to fetch. */
  readonly days: number;
  /** Number of days that are served as they are and refreshed in the background. */
  readonly due: number;
  /** Number of days that cannot be fetched any more. */
  readonly beyondHistory: number;
}

export interface SegmentStore extends StoredLayouts {
  /** Refreshes expired days, fetches missing ones, and returns what is stored then. */
  ensure(demand: Demand, options: EnsureOptions): Promise<StoredMonth[]>;
  /** What would have to be fetched. Fetches nothing. */
  lacking(demand: Demand): Promise<Lacking>;
}

export interface SegmentStoreOptions {
  readonly clock: Clock;
  readonly segmentCache: SegmentCache;
  readonly segmentFetcher: SegmentFetcher;
  readonly staleIfErrorMs: number;
}

/** Rounds of waiting for other callers' fetches before giving up. */
const roundsMax = 3;
/** A query counts as in use for this long after its last request. */
const queryInUseMs = 3_600_000;

interface Pacing {
  readonly ages: Ages;
  /** With `no-cache`, nothing younger than this is refreshed. */
  readonly noCacheMs: number;
  readonly paceMs: number;
}

export const createSegmentStore = ({
  clock,
  segmentCache,
  segmentFetcher,
  staleIfErrorMs,
}: SegmentStoreOptions): SegmentStore => {
  const queriesInUse = new Map<string, Map<string, number>>();
  const conditions = createDayConditions(clock);

  const markInUse = ({ connection, source, costType }: Demand): void => {
    const queries = queriesInUse.get(connection.storageKey) ?? new Map<string, number>();
    queries.set(`${source.cube.id} ${costType} ${source.dimensions.join(' ')}`, clock.monotonic());
    for (const [text, at] of queries) if (clock.monotonic() - at > queryInUseMs) queries.delete(text);
    queriesInUse.set(connection.storageKey, queries);
  };

  /** The ages to apply, raised where all queries in use share a quota. */
  const pacingOf = ({ connection, source }: Demand): Pacing => {
    const { ages } = connection.connector.capabilities.costs;
    const quota = connection.connector.limits.quotas.find((limit) => limit.name === source.cube.quota);
    if (quota === undefined) return { ages, noCacheMs: noCacheMsMin, paceMs: 0 };
    const queries = queriesInUse.get(connection.storageKey) ?? new Map<string, number>();
    const paceMs = quota.windowMs / quota.limit;
    return { ages: pacedAges(ages, quota, queries.size), noCacheMs: paceMs * Math.max(1, queries.size), paceMs };
  };

  /** The oldest day that the vendor keeps; null where it keeps all, or where the source has no days. */
  const oldestDay = ({ connection, source }: Demand): Day | null => {
    const { historyDays } = connection.connector.capabilities.costs;
    return historyDays === undefined || source.cube.grain === 'monthly' ? null : addDays(clock.today(), -historyDays);
  };
  const isKept =
    (oldest: Day | null) =>
    ({ day }: DayCondition): boolean =>
      oldest === null || day >= oldest;
  const isBeyond = (oldest: Day | null, condition: DayCondition): boolean =>
    !isKept(oldest)(condition) && condition.state === 'absent';

  const storedMonth = async (demand: Demand, need: MonthNeed, ages: Ages, late: boolean): Promise<StoredMonth> => {
    const { source } = demand;
    const key = segmentKey(demand, need.month);
    const segment = await segmentCache.get(key);
    const unfresh = conditions.unfresh(source, need, segment, ages).filter(({ state }) => state !== 'due');
    const oldest = oldestDay(demand);
    const beyondHistory = unfresh.filter((each) => isBeyond(oldest, each)).map(({ day }) => day);
    const open = unfresh.filter(isKept(oldest));
    if (open.length === 0) return { need, source, segment, absent: [], beyondHistory, failure: null };
    const absent = open.filter(({ state, staleMs }) => state === 'absent' || staleMs > staleIfErrorMs);
    const failure = late ? vendorAnswerLate() : (segmentFetcher.refusal(key) ?? nothingReported);
    return { need, source, segment, absent: absent.map(({ day }) => day), beyondHistory, failure };
  };

  /** Reports a forced refresh that failed, even if the stored figures are still fresh. */
  const withRefreshFailure = (demand: Demand, month: StoredMonth): StoredMonth => {
    const refusal = segmentFetcher.refusal(segmentKey(demand, month.need.month));
    return month.failure === null && refusal !== null ? { ...month, failure: refusal } : month;
  };

  const findUnfresh = async (demand: Demand, ages: Ages, forcedAfterMs: number | null) => {
    const { source, needs } = demand;
    const oldest = oldestDay(demand);
    const urgent = new Map<Month, Day[]>();
    const soon = new Map<Month, Day[]>();
    for (const need of needs) {
      const segment = await segmentCache.get(segmentKey(demand, need.month));
      const found =
        forcedAfterMs === null
          ? conditions.unfresh(source, need, segment, ages)
          : conditions.forced(source, need, segment, ages, forcedAfterMs);
      const readable = found.filter(isKept(oldest));
      const days = readable.map(({ day }) => day);
      if (readable.some(({ state }) => state !== 'due')) urgent.set(need.month, days);
      else if (days.length > 0) soon.set(need.month, days);
    }
    return { urgent, soon };
  };

  /** Of months that were read in part: all days that are not fresh. */
  const findUnread = async (
    demand: Demand,
    months: Iterable<Month>,
    ages: Ages,
  ): Promise<ReadonlyMap<Month, readonly Day[]>> => {
    const { source } = demand;
    const oldest = oldestDay(demand);
    const unread = new Map<Month, readonly Day[]>();
    for (const month of months) {
      const segment = await segmentCache.get(segmentKey(demand, month));
      const cut = oldest !== null && monthStart(month) < oldest;
      if ((segment === null || segment.blocks.size === 0) && !cut) continue;
      const end = earlier(monthEnd(month), addDays(clock.today(), 1));
      const need = { month, start: monthStart(month), end, whole: true };
      const found = conditions.unfresh(source, need, segment, ages);
      const readable = found.filter(isKept(oldest));
      if (!cut && !readable.some(({ state }) => state === 'absent')) continue;
      const days = readable.map(({ day }) => day);
      unread.set(month, days);
    }
    return unread;
  };

  /** A fetch of another caller may cover other days. Then the remaining days are fetched as well. */
  const fetchMissing = async (
    demand: Demand,
    urgent: ReadonlyMap<Month, Day[]>,
    ages: Ages,
    paceMs: number,
    options: EnsureOptions,
  ): Promise<void> => {
    let lacking = urgent;
    for (let round = 0; round < roundsMax && lacking.size > 0; round += 1) {
      const unread = await findUnread(demand, lacking.keys(), ages);
      await segmentFetcher.fetch({ ...demand, lacking, unread, purpose: options.purpose ?? 'dashboard', paceMs });
      const left = (await findUnfresh(demand, ages, null)).urgent;
      lacking = new Map([...left].filter(([month]) => !segmentFetcher.delayed(segmentKey(demand, month))));
    }
  };

  return {
    ensure: async (demand, options) => {
      markInUse(demand);
      const { ages, noCacheMs, paceMs } = pacingOf(demand);
      const { urgent, soon } = await findUnfresh(demand, ages, options.noCache ? noCacheMs : null);
      if (soon.size > 0) {
        const unread = await findUnread(demand, soon.keys(), ages);
        void segmentFetcher.fetch({ ...demand, lacking: soon, unread, purpose: 'refresh', paceMs });
      }
      let late = false;
      if (urgent.size > 0) {
        const done = fetchMissing(demand, urgent, ages, paceMs, options).then(() => false);
        late = await new Promise<boolean>((resolve) => {
          const cancel = clock.after(options.deadline - clock.monotonic(), () => resolve(true));
          void done.then(resolve).finally(cancel);
        });
      }
      const months = await Promise.all(demand.needs.map((need) => storedMonth(demand, need, ages, late)));
      return options.noCache
        ? months.map((each) => (urgent.has(each.need.month) ? withRefreshFailure(demand, each) : each))
        : months;
    },
    ...createStoredLayouts(segmentCache),
    lacking: async (demand) => {
      const { source, needs } = demand;
      const { ages } = pacingOf(demand);
      const oldest = oldestDay(demand);
      let days = 0;
      let due = 0;
      let beyondHistory = 0;
      for (const need of needs) {
        const segment = await segmentCache.get(segmentKey(demand, need.month));
        const unfresh = conditions.unfresh(source, need, segment, ages);
        const open = unfresh.filter(({ state }) => state !== 'due');
        due += unfresh.filter(isKept(oldest)).length - open.filter(isKept(oldest)).length;
        days += open.filter(isKept(oldest)).length;
        beyondHistory += open.filter((each) => isBeyond(oldest, each)).length;
      }
      return { days, due, beyondHistory };
    },
  };
};

const nothingReported = new Failure('vendor-incomplete', {
  public: 'The vendor reported nothing for a part of the range.',
});
