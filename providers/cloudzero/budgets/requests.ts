import { type Day, monthOf, monthStart } from '../../../src/domain/day.ts';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import type { BudgetInput } from '../../../src/domain/nouns.ts';
import { exactNumber, type VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { cursorQuery, firstPage, idempotencyHeader, type Link, listLimit, requestOf } from '../requests.ts';

export const liveBudgetsRequest = (cursor: string | null): VendorRequest => ({
  ...requestOf(operations.getBudgets),
  query: [['limit', listLimit], ['expand', 'current'], ...cursorQuery(cursor)],
});

export const publishedBudgetsRequest = (link: Link | null): VendorRequest => ({
  ...requestOf(operations.getBudgets),
  ...(link ?? firstPage),
});

export const oneBudgetRequest = (id: string): VendorRequest => requestOf(operations.getOneBudget, id);

const instantOfDay = (day: Day): string => `${day}T00:00:00+00:00`;

/** The limit holds from the month of `today` on; `past` are the months before it, as the vendor has them. */
const liveBudgetBody = (input: BudgetInput, today: Day, past: Readonly<Record<string, unknown>>) => ({
  name: input.name,
  planned_limits: { monthly: { ...past, [instantOfDay(monthStart(monthOf(today)))]: { amount: input.limit.amount } } },
  view: input.scope.view === undefined ? null : { id: input.scope.view },
  alerts: Object.fromEntries(input.alerts.map((alert) => [decimalText(decimal(alert.thresholdPercent)), 'Y'])),
});

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

/** Sets the cost type to what is invoiced, as in our cost answers; the vendor's default is another figure. */
export const createLiveBudgetRequest = (input: BudgetInput, today: Day, key: string): VendorRequest => {
  const { view, ...body } = liveBudgetBody(input, today, {});
  return {
    ...requestOf(operations.createBudget),
    ...idempotencyHeader(key),
    json: { ...body, cost_type: 'billed_cost', ...(view === null ? {} : { view }) },
  };
};

export const patchLiveBudgetRequest = (
  id: string,
  input: BudgetInput,
  today: Day,
  past: Readonly<Record<string, unknown>>,
  key: string,
): VendorRequest => ({
  ...requestOf(operations.patchOneBudget, id),
  ...idempotencyHeader(key),
  json: liveBudgetBody(input, today, past),
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
