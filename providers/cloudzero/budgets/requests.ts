import { type Day, monthOf, monthStart } from '../../../src/domain/day.ts';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import type { BudgetInput } from '../../../src/domain/nouns.ts';
import { exactNumber, type VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { firstPage, idempotencyHeader, type Link, listQuery, requestOf } from '../requests.ts';
import { utcDay } from '../timestamps.ts';
import type { StandingBudget } from './wire.ts';

export const liveBudgetsRequest = (cursor: string | null): VendorRequest => ({
  ...requestOf(operations.getBudgets),
  query: [...listQuery(cursor), ['expand', 'current']],
});

export const publishedBudgetsRequest = (link: Link | null): VendorRequest => ({
  ...requestOf(operations.getBudgets),
  ...(link ?? firstPage),
});

export const oneBudgetRequest = (id: string): VendorRequest => requestOf(operations.getOneBudget, id);

/** `history` has the months and quarters, `burnup` the days, and only one budget at a time can be expanded by them. */
export const expandedBudgetRequest = (id: string): VendorRequest => ({
  ...oneBudgetRequest(id),
  query: ['current', 'history', 'burnup'].map((each) => ['expand', each] as const),
});

const instantOfDay = (day: Day): string => `${day}T00:00:00+00:00`;

const switchedOn = (input: BudgetInput) =>
  Object.fromEntries(input.alerts.map((alert) => [decimalText(decimal(alert.thresholdPercent)), 'Y']));

/** The vendor takes no cost type: every budget is measured in real cost. */
export const createLiveBudgetRequest = (input: BudgetInput, today: Day, key: string): VendorRequest => ({
  ...requestOf(operations.createBudget),
  ...idempotencyHeader(key),
  json: {
    name: input.name,
    planned_limits: { monthly: { [instantOfDay(monthStart(monthOf(today)))]: { amount: input.limit.amount } } },
    view: { id: input.scope.view },
    alerts: switchedOn(input),
  },
});

/**
 * The new limit holds from the month of `today` on. It is not documented whether a patch merges limits and alerts with
 * those that stand or replaces them, so every one that stands is sent with what it is to be: the limits of past months
 * as they are, those of later months with the new amount, and alerts that were not asked for as switched off.
 */
export const patchLiveBudgetRequest = (
  id: string,
  input: BudgetInput,
  today: Day,
  standing: StandingBudget,
  key: string,
): VendorRequest => {
  const begin = monthStart(monthOf(today));
  const limit = { amount: input.limit.amount };
  const days = Object.entries(standing.limits).map(([start, each]) => ({ start, each, day: utcDay(start) ?? begin }));
  const monthly = Object.fromEntries(days.map(({ start, each, day }) => [start, day < begin ? each : limit]));
  const begins = days.some(({ day }) => day === begin);
  const switchedOff = Object.fromEntries(Object.keys(standing.alerts).map((threshold) => [threshold, 'N']));
  return {
    ...requestOf(operations.patchOneBudget, id),
    ...idempotencyHeader(key),
    json: {
      name: input.name,
      planned_limits: { monthly: begins ? monthly : { ...monthly, [instantOfDay(begin)]: limit } },
      view: { id: input.scope.view },
      alerts: { ...switchedOff, ...switchedOn(input) },
    },
  };
};

const publishedBudgetBody = (input: BudgetInput) => ({
  name: input.name,
  amount: exactNumber(input.limit.amount),
  period: input.period,
  ...(input.scope.view === undefined ? {} : { view_id: input.scope.view }),
  notifications: input.alerts.map((alert) => ({
    threshold: exactNumber(alert.thresholdPercent),
    recipients: alert.recipients,
  })),
});

export const createPublishedBudgetRequest = (input: BudgetInput): VendorRequest => ({
  ...requestOf(operations.createBudget),
  json: publishedBudgetBody(input),
});

export const updatePublishedBudgetRequest = (id: string, input: BudgetInput): VendorRequest => ({
  ...requestOf(operations.updateOneBudget, id),
  json: publishedBudgetBody(input),
});

/** `key` is null in the published dialect, which documents no idempotency key. */
export const deleteBudgetRequest = (id: string, key: string | null): VendorRequest => ({
  ...requestOf(operations.deleteOneBudget, id),
  ...(key === null ? {} : idempotencyHeader(key)),
});
