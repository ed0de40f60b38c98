import type { Span } from '../../../costs/planning/spans.ts';
import { addDays, addMonths, type Day, monthEnd, monthOf, monthStart } from '../../../domain/day.ts';
import type { BudgetPeriod } from '../../../domain/nouns.ts';

/** How many past periods a history goes back. */
const pastMost = { monthly: 12, quarterly: 8, annual: 2, daily: 30 } as const;
const monthsOf = { monthly: 1, quarterly: 3, annual: 12 } as const;

const firstDay = (months: 1 | 3 | 12, today: Day): Day => {
  const month = Number(today.slice(5, 7));
  return addMonths(monthStart(monthOf(today)), -((month - 1) % months));
};

/** The period that today is in, by the calendar; null for one that only the vendor knows. */
export const currentSpan = (period: BudgetPeriod, today: Day): Span | null => {
  if (period === 'other') return null;
  if (period === 'daily') return { start: today, end: addDays(today, 1) };
  const months = monthsOf[period];
  const start = firstDay(months, today);
  return { start, end: monthEnd(monthOf(addMonths(start, months - 1))) };
};

/** The periods before that one, the earliest first. */
export const pastSpans = (period: BudgetPeriod, today: Day): Span[] => {
  const current = currentSpan(period, today);
  if (period === 'other' || current === null) return [];
  const back = (count: number): Day =>
    period === 'daily' ? addDays(current.start, -count) : addMonths(current.start, -count * monthsOf[period]);
  return Array.from({ length: pastMost[period] }, (_, index) => {
    const count = pastMost[period] - index;
    return { start: back(count), end: back(count - 1) };
  });
};
