import type { Day } from '../../../src/domain/day.ts';
import { decimal, decimalText, parseDecimal } from '../../../src/domain/decimal.ts';
import { type Money, money } from '../../../src/domain/money.ts';
import type { Budget, BudgetAlert, BudgetPeriod } from '../../../src/domain/nouns.ts';
import type { Note, Reading, ReadingFault } from '../../../src/vendor/kit/index.ts';
import { distinctById } from '../distinct.ts';
import { instantOf, instantOfEpoch, utcDay } from '../timestamps.ts';
import type { LiveBudget, PublishedBudget } from './wire.ts';

/** A budget, or the fault for which it is not listed. */
export type BudgetOutcome =
  | {
      readonly kind: 'budget';
      readonly budget: Budget;
      readonly notes?: readonly Note[];
      readonly faults: readonly ReadingFault[];
    }
  | { readonly kind: 'refused'; readonly fault: ReadingFault };

/** The vendor answers `cost_type: real_cost` for every budget and takes no other. */
export const realCostNote: Note = {
  code: 'budget-real-cost',
  message:
    'CloudZero measures what a budget has spent in its real cost, which counts usage lines only; billed costs differ from it.',
};

/** CloudZero holds budgets without an amount; in the live dialect, none may have begun. */
const limitOf = (amount: string | null | undefined, currency: string): Money | null =>
  amount === null || amount === undefined ? null : money(decimal(amount), currency);

const nameOf = (name: string | null | undefined, id: string): string => name || id;
const quoted = (name: string | null | undefined, id: string): string => `"${nameOf(name, id).slice(0, 100)}"`;
const budgetPath = (id: string, field: string): string => `budgets(id=${id}).${field}`;

/** A threshold is on (`Y`) or off (`N`); only those that are on are alerts. The answer names no recipients. */
export const liveAlerts = (
  id: string,
  given: LiveBudget['alerts'],
): { readonly alerts: BudgetAlert[]; readonly faults: ReadingFault[] } => {
  const alerts: BudgetAlert[] = [];
  const faults: ReadingFault[] = [];
  for (const [threshold, state] of Object.entries(given ?? {})) {
    const percent = parseDecimal(threshold);
    const word = typeof state === 'string' ? state.toUpperCase() : state;
    if (percent === null || !(word === 'Y' || word === 'N')) {
      faults.push({
        path: budgetPath(id, `alerts.${threshold.slice(0, 40)}`),
        message: 'is not a threshold with the value Y or N',
      });
    } else if (word === 'Y') alerts.push({ thresholdPercent: decimalText(percent), recipients: [] });
  }
  return { alerts, faults };
};

/**
 * The vendor's `current.planned` is the limit. Where it is not given, `planned_limits.monthly` gives the amount from
 * each start on, and the latest start that is not in the future counts.
 */
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
  const limit = budget.current?.planned ?? begun?.amount ?? null;
  const { alerts, faults } = liveAlerts(budget.id, budget.alerts);
  const actual = budget.current?.actual ?? null;
  return {
    kind: 'budget',
    notes: [realCostNote],
    faults,
    budget: {
      nativeId: budget.id,
      name: nameOf(budget.name, budget.id),
      period: 'monthly',
      nativePeriod: null,
      limit: limitOf(limit, currency),
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
  const named = `The budget ${quoted(budget.name, budget.id)}`;
  const notes: Note[] = [];
  const notifications = budget.notifications ?? [];
  const withThreshold = notifications.flatMap(({ threshold, recipients }) =>
    threshold === null || threshold === undefined ? [] : [{ threshold, recipients }],
  );
  if (withThreshold.length < notifications.length) {
    notes.push({
      code: 'alert-without-threshold',
      message: `${named} has ${notifications.length - withThreshold.length} notifications without a threshold; they are left out.`,
    });
  }
  if (!budget.period) {
    notes.push({ code: 'budget-without-period', message: `${named} has no period in CloudZero.` });
  }
  const period = periods.get(budget.period ?? '') ?? 'other';
  return {
    kind: 'budget',
    notes,
    faults: [],
    budget: {
      nativeId: budget.id,
      name: nameOf(budget.name, budget.id),
      period,
      nativePeriod: period === 'other' ? budget.period || null : null,
      limit: limitOf(budget.amount, currency),
      spent: null,
      forecast: null,
      alerts: withThreshold.map((each) => ({
        thresholdPercent: decimalText(decimal(each.threshold)),
        recipients: each.recipients ?? [],
      })),
      scope: budget.view_id ? { view: budget.view_id } : {},
      createdAt: instantOf(budget.created_at ?? ''),
      updatedAt: instantOf(budget.updated_at ?? ''),
    },
  };
};

/** Each note once: many budgets share theirs. */
const distinctNotes = (notes: readonly Note[]): Note[] => [
  ...new Map(notes.map((note) => [`${note.code} ${note.message}`, note])).values(),
];

export const budgetReading = (
  outcomes: readonly BudgetOutcome[],
  pageFaults: readonly ReadingFault[],
): Reading<Budget> => {
  const read = outcomes.flatMap((outcome) => (outcome.kind === 'budget' ? [outcome] : []));
  const { items, repeated, faults } = distinctById(
    read.map(({ budget }) => budget),
    'budgets',
  );
  const kept = new Set(items);
  const notes = outcomes.flatMap((outcome) => {
    return outcome.kind === 'budget' && kept.has(outcome.budget) ? (outcome.notes ?? []) : [];
  });
  if (repeated > 0) {
    notes.push({ code: 'duplicate-rows', message: `CloudZero sent ${repeated} budgets twice; each is listed once.` });
  }
  return {
    items,
    notes: distinctNotes(notes),
    faults: [
      ...pageFaults,
      ...outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.fault] : [])),
      ...read.flatMap((outcome) => (kept.has(outcome.budget) ? outcome.faults : [])),
      ...faults,
    ],
  };
};
