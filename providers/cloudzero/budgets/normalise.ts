import type { Day } from '../../../src/domain/day.ts';
import { decimal, decimalText, parseDecimal } from '../../../src/domain/decimal.ts';
import { money } from '../../../src/domain/money.ts';
import type { Budget, BudgetAlert, BudgetPeriod } from '../../../src/domain/nouns.ts';
import type { Note, Reading, ReadingFault } from '../../../src/vendor/kit/index.ts';
import { distinctById } from '../distinct.ts';
import { instantOf, instantOfEpoch, utcDay } from '../timestamps.ts';
import type { LiveBudget, PublishedBudget } from './wire.ts';

/** A budget, or the reason why it is not listed. */
export type BudgetOutcome =
  | { readonly kind: 'budget'; readonly budget: Budget; readonly faults: readonly ReadingFault[] }
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'refused'; readonly fault: ReadingFault };

const nameOf = (name: string | null | undefined, id: string): string => name || id;
const budgetPath = (id: string, field: string): string => `budgets(id=${id}).${field}`;

/** A threshold is on (`Y`) or off (`N`); only those that are on are alerts. The answer names no recipients. */
const liveAlerts = (budget: LiveBudget): { alerts: BudgetAlert[]; faults: ReadingFault[] } => {
  const alerts: BudgetAlert[] = [];
  const faults: ReadingFault[] = [];
  for (const [threshold, state] of Object.entries(budget.alerts ?? {})) {
    const percent = parseDecimal(threshold);
    const word = typeof state === 'string' ? state.toUpperCase() : state;
    if (percent === null || !(word === 'Y' || word === 'N')) {
      faults.push({
        path: budgetPath(budget.id, `alerts.${threshold.slice(0, 40)}`),
        message: 'is not a threshold with the value Y or N',
      });
    } else if (word === 'Y') alerts.push({ thresholdPercent: decimalText(percent), recipients: [] });
  }
  return { alerts, faults };
};

/** `planned_limits.monthly` gives the amount from each start on; the latest start that is not in the future counts. */
export const liveBudget = (budget: LiveBudget, today: Day, currency: string): BudgetOutcome => {
  let begun: { readonly day: Day; readonly amount: string } | null = null;
  for (const [start, limit] of Object.entries(budget.planned_limits.monthly)) {
    const day = utcDay(start);
    if (day === null) {
      const path = budgetPath(budget.id, `planned_limits.monthly.${start.slice(0, 40)}`);
      return { kind: 'refused', fault: { path, message: 'is no RFC 3339 timestamp' } };
    }
    if (day <= today && (begun === null || day > begun.day)) begun = { day, amount: limit.amount };
  }
  if (begun === null) {
    const message = `The budget "${nameOf(budget.name, budget.id).slice(0, 100)}" has no limit that has begun; it is left out.`;
    return { kind: 'note', note: { code: 'budget-not-begun', message } };
  }
  const { alerts, faults } = liveAlerts(budget);
  const actual = budget.current?.actual ?? null;
  return {
    kind: 'budget',
    faults,
    budget: {
      nativeId: budget.id,
      name: nameOf(budget.name, budget.id),
      period: 'monthly',
      nativePeriod: null,
      limit: money(decimal(begun.amount), currency),
      spent: actual === null ? null : money(decimal(actual), currency),
      forecast: null,
      alerts,
      scope: budget.view?.id ? { view: budget.view.id } : {},
      createdAt: instantOfEpoch(budget.created ?? ''),
      updatedAt: instantOfEpoch(budget.last_updated ?? ''),
    },
  };
};

const periods: ReadonlyMap<string, BudgetPeriod> = new Map([
  ['monthly', 'monthly'],
  ['quarterly', 'quarterly'],
  ['annual', 'annual'],
]);

export const publishedBudget = (budget: PublishedBudget, currency: string): BudgetOutcome => {
  const period = periods.get(budget.period) ?? 'other';
  return {
    kind: 'budget',
    faults: [],
    budget: {
      nativeId: budget.id,
      name: nameOf(budget.name, budget.id),
      period,
      nativePeriod: period === 'other' ? budget.period : null,
      limit: money(decimal(budget.amount), currency),
      spent: null,
      forecast: null,
      alerts: (budget.notifications ?? []).map((each) => ({
        thresholdPercent: decimalText(decimal(each.threshold)),
        recipients: each.recipients ?? [],
      })),
      scope: budget.view_id ? { view: budget.view_id } : {},
      createdAt: instantOf(budget.created_at ?? ''),
      updatedAt: instantOf(budget.updated_at ?? ''),
    },
  };
};

export const budgetReading = (
  outcomes: readonly BudgetOutcome[],
  pageFaults: readonly ReadingFault[],
): Reading<Budget> => {
  const read = outcomes.flatMap((outcome) => (outcome.kind === 'budget' ? [outcome] : []));
  const { items, repeated, faults } = distinctById(
    read.map(({ budget }) => budget),
    'budgets',
  );
  const notes = outcomes.flatMap((outcome) => (outcome.kind === 'note' ? [outcome.note] : []));
  if (repeated > 0) {
    notes.push({ code: 'duplicate-rows', message: `CloudZero sent ${repeated} budgets twice; each is listed once.` });
  }
  const kept = new Set(items);
  return {
    items,
    notes,
    faults: [
      ...pageFaults,
      ...outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.fault] : [])),
      ...read.flatMap((outcome) => (kept.has(outcome.budget) ? outcome.faults : [])),
      ...faults,
    ],
  };
};
