import type { Clock } from '../../domain/clock.ts';
import {
  addDays,
  type Day,
  dayNumber,
  daysIn,
  earlier,
  millisecondsPerDay,
  monthEnd,
  monthOf,
  monthStart,
} from '../../domain/day.ts';
import type { Ages } from '../../vendor/contract/contract.ts';
import type { MonthNeed, Source } from '../planning/cover.ts';
import { type Freshness, freshForMs, freshness, staleForMs } from './ages.ts';
import type { Segment } from './segment.ts';

/** The state of one stored day. */
export interface DayCondition {
  readonly day: Day;
  readonly state: Freshness | 'absent';
  /** How long it has been stale; 0 while it is fresh. */
  readonly staleMs: number;
}

export interface DayConditions {
  /** The days of the need that are not fresh; empty when all are. */
  unfresh(source: Source, need: MonthNeed, segment: Segment | null, ages: Ages): readonly DayCondition[];
  /** As `unfresh`, with everything older than `olderThanMs` counted as expired. */
  forced(
    source: Source,
    need: MonthNeed,
    segment: Segment | null,
    ages: Ages,
    olderThanMs: number,
  ): readonly DayCondition[];
}

export const createDayConditions = (clock: Clock): DayConditions => {
  /** Until when all days of a need stay fresh, so that it is not computed for every query. */
  const freshUntil = new WeakMap<Segment, Map<string, { readonly from: number; readonly until: number }>>();

  const daysOf = ({ cube }: Source, need: MonthNeed): Day[] =>
    cube.grain === 'daily' ? daysIn(need.start, need.end) : [monthStart(need.month)];

  /** The day whose age counts: for a monthly figure the last day of the month so far. */
  const agedDay = ({ cube }: Source, day: Day): Day =>
    cube.grain === 'daily' ? day : earlier(addDays(monthEnd(monthOf(day)), -1), clock.today());

  const conditionOf = (source: Source, day: Day, segment: Segment | null, ages: Ages): DayCondition => {
    const block = segment?.blocks.get(day);
    if (block === undefined) return { day, state: 'absent', staleMs: 0 };
    const aged = agedDay(source, day);
    const state = freshness(aged, block.asOf, clock.now(), ages);
    return { day, state, staleMs: state === 'fresh' ? 0 : staleForMs(aged, block.asOf, clock.now(), ages) };
  };

  const rememberFresh = (source: Source, days: readonly Day[], segment: Segment, ages: Ages, name: string): void => {
    const now = clock.now();
    const midnight = (dayNumber(clock.today()) + 1) * millisecondsPerDay;
    let until = midnight;
    for (const day of days) {
      const asOf = segment.blocks.get(day)?.asOf ?? 0;
      until = Math.min(until, now + freshForMs(agedDay(source, day), asOf, now, ages));
    }
    const known = freshUntil.get(segment) ?? new Map<string, { from: number; until: number }>();
    known.set(name, { from: now, until });
    freshUntil.set(segment, known);
  };

  return {
    unfresh: (source, need, segment, ages) => {
      const name = `${need.start} ${need.end} ${ages.openMs} ${ages.restatedMs}`;
      const known = segment === null ? undefined : freshUntil.get(segment)?.get(name);
      if (known !== undefined && clock.now() >= known.from && clock.now() < known.until) return [];
      const days = daysOf(source, need);
      const found = days.map((day) => conditionOf(source, day, segment, ages)).filter(({ state }) => state !== 'fresh');
      if (found.length === 0 && segment !== null) rememberFresh(source, days, segment, ages, name);
      return found;
    },
    forced: (source, need, segment, ages, olderThanMs) =>
      daysOf(source, need)
        .map((day): DayCondition => {
          const asOf = segment?.blocks.get(day)?.asOf;
          const old = asOf !== undefined && clock.now() - asOf > olderThanMs;
          return old ? { day, state: 'expired', staleMs: 0 } : conditionOf(source, day, segment, ages);
        })
        .filter(({ state }) => state !== 'fresh'),
  };
};
