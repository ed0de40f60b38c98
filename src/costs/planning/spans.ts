import { addDays, type Day, daysIn, earlier, type Month, monthEnd, monthStart, monthsIn } from '../../domain/day.ts';
import type { Source } from './cover.ts';

/** Days from `start` up to but not including `end`. */
export interface Span {
  readonly start: Day;
  readonly end: Day;
}

/**
 * The spans to fetch from a source, in as few calls as its cube allows. Where a whole month costs the same as a part
 * of it, the whole month is fetched, because later queries will need the rest; of a month that was read in part, what
 * lies between its first and its last unread day.
 */
export const spansOf = (
  source: Source,
  lacking: ReadonlyMap<Month, readonly Day[]>,
  unread: ReadonlyMap<Month, readonly Day[]>,
  today: Day,
): Span[] => {
  const months = [...lacking.keys()].sort();
  if (source.cube.span === 'day') return months.flatMap((month) => runs(lacking.get(month) ?? []).flatMap(chunks));
  const tomorrow = addDays(today, 1);
  const spanOf = (month: Month): Span => {
    const days = source.cube.grain === 'daily' ? [...(unread.get(month) ?? [])].sort() : [];
    const [first] = days;
    const last = days.at(-1);
    if (first !== undefined && last !== undefined) return { start: first, end: addDays(last, 1) };
    return { start: monthStart(month), end: earlier(monthEnd(month), tomorrow) };
  };
  const whole = months.map(spanOf);
  const monthsMax = source.cube.monthsMax ?? 1;
  if (source.cube.span === 'month') return whole;
  return merged(whole, (last, next) => monthsIn(last.start, next.end).length <= monthsMax);
};

const runs = (days: readonly Day[]): Span[] =>
  merged(
    [...days].sort().map((day) => ({ start: day, end: addDays(day, 1) })),
    (last, next) => last.end === next.start,
  );

/** Days per call, so that one failing call loses few of them. */
const daysPerCall = 16;
const chunks = (span: Span): Span[] => {
  const count = Math.ceil(daysIn(span.start, span.end).length / daysPerCall);
  return Array.from({ length: count }, (_, index) => ({
    start: addDays(span.start, index * daysPerCall),
    end: earlier(addDays(span.start, (index + 1) * daysPerCall), span.end),
  }));
};

/** Merges consecutive spans while `joins` allows it. */
const merged = (spans: readonly Span[], joins: (last: Span, next: Span) => boolean): Span[] => {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last !== undefined && joins(last, span)) result[result.length - 1] = { start: last.start, end: span.end };
    else result.push(span);
  }
  return result;
};
