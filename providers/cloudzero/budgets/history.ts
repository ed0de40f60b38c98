import { type Day, monthEnd, monthOf, monthStart } from '../../../src/domain/day.ts';
import { add, compare, type Decimal, decimal, multiply, sum, zero } from '../../../src/domain/decimal.ts';
import { money } from '../../../src/domain/money.ts';
import type { BudgetSpan, FiredAlert } from '../../../src/domain/nouns.ts';
import { type BudgetHistory, decodeItems, type Note, type ReadingFault } from '../../../src/vendor/kit/index.ts';
import { utcDay } from '../timestamps.ts';
import { liveAlerts, realCostNote } from './normalise.ts';
import { type ExpandedBudget, plannedActualSchema } from './wire.ts';

interface Dated {
  readonly day: Day;
  readonly actual: string;
  readonly planned: string;
}

const readDated = (given: Readonly<Record<string, unknown>>, where: string) => {
  const read: Dated[] = [];
  const faults: ReadingFault[] = [];
  for (const [start, value] of Object.entries(given)) {
    const path = `${where}.${start.slice(0, 40)}`;
    const day = utcDay(start);
    if (day === null) {
      faults.push({ path, message: 'is no ISO 8601 date' });
      continue;
    }
    const decoded = decodeItems(plannedActualSchema, [value], '');
    for (const fault of decoded.faults)
      faults.push({ path: fault.path.replace(/^\[0\]/, path), message: fault.message });
    for (const figures of decoded.items) read.push({ day, ...figures });
  }
  return { read: read.sort((left, right) => (left.day < right.day ? -1 : 1)), faults };
};

/**
 * What was spent in the month up to each day. The vendor does not document whether the days of a burn-up are sums; it
 * follows from the figures: either their last or their sum is what the month has spent. Null where it does not.
 */
const spentUpTo = (days: readonly Dated[], actual: string): { readonly day: Day; readonly spent: Decimal }[] | null => {
  const last = days.at(-1);
  const whole = decimal(actual);
  if (last === undefined) return null;
  if (compare(decimal(last.actual), whole) === 0)
    return days.map(({ day, actual: spent }) => ({ day, spent: decimal(spent) }));
  if (compare(sum(days.map((each) => decimal(each.actual))), whole) !== 0) return null;
  let total = zero;
  return days.map((each) => {
    total = add(total, decimal(each.actual));
    return { day: each.day, spent: total };
  });
};

const alertsUnknown: Note = {
  code: 'alerts-incomplete',
  message:
    'CloudZero does not say on which day an alert was sent; what its figures by day show is not clear enough to tell.',
};
const alertsOfThisMonth: Note = {
  code: 'alerts-incomplete',
  message: 'alerts are listed for the current month only: CloudZero has no figures by day of past months',
};

/** The first day of this month on which each threshold that is on was reached. */
const firedAlerts = (
  budget: ExpandedBudget,
  thresholds: readonly string[],
  { today, currency }: { readonly today: Day; readonly currency: string },
): { readonly alerts: FiredAlert[]; readonly note: Note; readonly faults: readonly ReadingFault[] } => {
  const { read, faults } = readDated(budget.burnup?.daily ?? {}, 'budget.burnup.daily');
  const days = read.filter(({ day }) => monthOf(day) === monthOf(today) && day <= today);
  const { actual, planned } = budget.current ?? {};
  const spent = actual === null || actual === undefined || faults.length > 0 ? null : spentUpTo(days, actual);
  if (spent === null || planned === null || planned === undefined) return { alerts: [], note: alertsUnknown, faults };
  const alerts = thresholds.flatMap((thresholdPercent) => {
    const due = multiply(decimal(planned), decimal(thresholdPercent));
    const first = spent.find((each) => compare(multiply(each.spent, decimal('100')), due) >= 0);
    if (first === undefined) return [];
    return [{ thresholdPercent, firedAt: `${first.day}T00:00:00Z`, spent: money(first.spent, currency) }];
  });
  return { alerts, note: alertsOfThisMonth, faults };
};

/** The months before the one of `today`, earliest first, and the alerts of this month. */
export const liveHistory = (budget: ExpandedBudget, id: string, today: Day, currency: string): BudgetHistory => {
  const { read, faults } = readDated(budget.history.monthly, 'budget.history.monthly');
  const current = monthStart(monthOf(today));
  const spans = new Map<Day, BudgetSpan>();
  for (const { day, planned, actual } of read) {
    const start = monthStart(monthOf(day));
    if (start >= current) continue;
    if (spans.has(start)) {
      faults.push({ path: `budget.history.monthly.${day}`, message: 'is a month that came twice; the first is kept' });
      continue;
    }
    spans.set(start, {
      start,
      end: monthEnd(monthOf(start)),
      limit: money(decimal(planned), currency),
      spent: money(decimal(actual), currency),
    });
  }
  const { alerts: active, faults: alertFaults } = liveAlerts(id, budget.alerts);
  const fired =
    active.length === 0
      ? null
      : firedAlerts(
          budget,
          active.map((alert) => alert.thresholdPercent),
          { today, currency },
        );
  return {
    items: [...spans.values()],
    alerts: fired?.alerts ?? [],
    notes: [realCostNote, ...(fired === null ? [] : [fired.note])],
    faults: [...faults, ...alertFaults, ...(fired?.faults ?? [])],
  };
};
