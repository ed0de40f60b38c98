import type { Span } from '../../../costs/planning/spans.ts';
import { addDays, addMonths, type Day, monthEnd, monthOf, monthStart } from '../../../domain/day.ts';
import type { BudgetPeriod } from '../../../domain/nouns.ts';

/** Number of past periods in a history. */
const pastPeriodsMax = { monthly: 12, quarterly: 8, annual: 2, daily: 30 } as const;
const monthsOf = { monthly: 1, quarterly: 3, annual: 12 } as const;

const firstDay = (months: 1 | 3 | 12, today: Day): Day => {
  const month = Number(today.slice(5, 7));
  return addMonths(monthStart(monthOf(today)), -((month - 1) % months));
};

/** The calendar period that contains today; null for periods that only the vendor knows. */
export const currentSpan = (period: BudgetPeriod, today: Day): Span | null => {
  if (period === 'other') return null;
  if (period === 'daily') return { start: today, end: addDays(today, 1) };
  const months = monthsOf[period];
  const start = firstDay(months, today);
  return { start, end: monthEnd(monthOf(addMonths(start, months - 1))) };
};

/** The periods before the current one, earliest first. */
export const pastSpans = (period: BudgetPeriod, today: Day): Span[] => {
  const current = currentSpan(period, today);
  if (period === 'other' || current === null) return [];
  const startOf = (count: number): Day =>
    period === 'daily' ? addDays(current.start, -count) : addMonths(current.start, -count * monthsOf[period]);
  return Array.from({ length: pastPeriodsMax[period] }, (_, index) => {
    const count = pastPeriodsMax[period] - index;
    return { start: startOf(count), end: startOf(count - 1) };
  });
};
