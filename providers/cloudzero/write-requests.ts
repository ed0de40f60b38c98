import { type Day, monthOf, monthStart } from '../../src/domain/day.ts';
import { decimal, decimalText } from '../../src/domain/decimal.ts';
import type { BudgetInput } from '../../src/domain/nouns.ts';
import type { VendorRequest } from '../../src/vendor/kit/index.ts';
import { exactNumber } from '../../src/vendor/kit/index.ts';
import { type Operation, operations } from './catalogue.ts';

/** The same key has the same answer, and one effect. */
const once = (key: string) => ({ headers: { 'cloudzero-idempotency-key': key } });

const base = (operation: Operation, id = ''): VendorRequest => ({
  operation: operation.id,
  method: operation.method,
  path: operation.path.replace('{id}', encodeURIComponent(id)),
  effect: operation.effect,
});

export const oneBudgetRequest = (id: string): VendorRequest => base(operations.getOneBudget, id);

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

/** Watches what is invoiced, as costs are answered here; the vendor would watch another figure by itself. */
export const createLiveBudget = (input: BudgetInput, today: Day, key: string): VendorRequest => {
  const { view, ...body } = liveBudgetBody(input, today, {});
  return {
    ...base(operations.createBudget),
    ...once(key),
    json: { ...body, cost_type: 'billed_cost', ...(view === null ? {} : { view }) },
  };
};

export const patchLiveBudget = (
  id: string,
  input: BudgetInput,
  today: Day,
  past: Readonly<Record<string, unknown>>,
  key: string,
): VendorRequest => ({
  ...base(operations.patchOneBudget, id),
  ...once(key),
  json: liveBudgetBody(input, today, past),
});

export const createPublishedBudget = (input: BudgetInput, key: string): VendorRequest => ({
  ...base(operations.createBudget),
  ...once(key),
  json: publishedBudgetBody(input),
});

export const updatePublishedBudget = (id: string, input: BudgetInput, key: string): VendorRequest => ({
  ...base(operations.updateOneBudget, id),
  ...once(key),
  json: publishedBudgetBody(input),
});

export const deleteBudget = (id: string, key: string): VendorRequest => ({
  ...base(operations.deleteOneBudget, id),
  ...once(key),
});

/** In the vendor's words: dimension ids instead of ours. */
export interface InsightBody {
  readonly name: string;
  readonly description: string;
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly group_by: readonly string[];
}

export const createInsight = (body: InsightBody, key: string): VendorRequest => ({
  ...base(operations.createInsight),
  ...once(key),
  json: body,
});
export const updateInsight = (id: string, body: InsightBody, key: string): VendorRequest => ({
  ...base(operations.updateOneInsight, id),
  ...once(key),
  json: body,
});
export const deleteInsight = (id: string, key: string): VendorRequest => ({
  ...base(operations.deleteOneInsight, id),
  ...once(key),
});
