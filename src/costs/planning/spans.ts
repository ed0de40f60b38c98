import { addDays, type Day, daysIn, earlier, type Month, monthEnd, monthStart, monthsIn } from '../../domain/day.ts';
import type { Source } from './cover.ts';

/** Days from `start` up to but not including `end`. */
export interface Span {
  readonly start: Day;
  readonly end: Day;
}

/**
 * The spans a source has to be asked for, in as few calls as its cube allows. What costs the same is asked for
 * whole: a month where a week was wanted, because the next question will want the rest.
 */
export const spansOf = (source: Source, lacking: ReadonlyMap<Month, readonly Day[]>, today: Day): Span[] => {
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
const chunkDays = 16;
const chunks = (span: Span): Span[] => {
  const count = Math.ceil(daysIn(span.start, span.end).length / chunkDays);
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
