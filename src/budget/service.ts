import type { Ask, ListParameters } from '../answer/ask.ts';
import type { Lists } from '../answer/listing.ts';
import { compare, decimal, decimalText, divide, multiply, parseDecimal, subtract } from '../domain/decimal.ts';
import { amountOf, type Money, money } from '../domain/money.ts';
import type { Budget } from '../domain/nouns.ts';
import { sourceBudgetSchema } from '../domain/schemas.ts';
import type { Connection } from '../provider/connection.ts';

export const budgetStatuses = ['ok', 'warning', 'exceeded', 'unknown'] as const;
export type BudgetStatus = (typeof budgetStatuses)[number];

export interface BudgetParameters extends ListParameters {
  readonly status?: readonly BudgetStatus[] | undefined;
  readonly period?: readonly string[] | undefined;
}

export interface BudgetService {
  list(parameters: BudgetParameters, ask: Ask): Promise<unknown>;
}

const maxAgeMs = 5 * 60_000;
const warningPercentDefault = '80';

const sameCurrency = (limit: Money, other: Money | null): Money | null =>
  other !== null && other.currency === limit.currency ? other : null;

const lowestThreshold = (budget: Budget) =>
  budget.alerts
    .map((alert) => parseDecimal(alert.thresholdPercent))
    .filter((threshold) => threshold !== null)
    .reduce((lowest, threshold) => (compare(threshold, lowest) < 0 ? threshold : lowest), decimal('1000000'));

/** What the figures say. Vendors compute this too, some of them wrongly, so it is always computed here. */
export const budgetArithmetic = (budget: Budget) => {
  const limit = amountOf(budget.limit);
  const spentMoney = sameCurrency(budget.limit, budget.spent);
  const forecastMoney = sameCurrency(budget.limit, budget.forecast);
  if (spentMoney === null) return { remaining: null, percentUsed: null, status: 'unknown' as const };
  const spent = amountOf(spentMoney);
  const percent = divide(multiply(spent, decimal('100')), limit, 4);
  const threshold = budget.alerts.length === 0 ? decimal(warningPercentDefault) : lowestThreshold(budget);
  const near = percent !== null && compare(percent, threshold) >= 0;
  const ahead = forecastMoney !== null && compare(amountOf(forecastMoney), limit) > 0;
  const status: BudgetStatus = compare(spent, limit) > 0 ? 'exceeded' : near || ahead ? 'warning' : 'ok';
  return {
    remaining: money(subtract(limit, spent), budget.limit.currency),
    percentUsed: percent === null ? null : decimalText(percent),
    status,
  };
};

export const presentBudget = (budget: Budget, connection: Connection) => {
  const { nativeId, nativePeriod, ...rest } = budget;
  return {
    id: `${connection.id}:${nativeId}`,
    provider: connection.provider,
    connection: connection.id,
    ...rest,
    ...(nativePeriod === null ? {} : { nativePeriod }),
    ...budgetArithmetic(budget),
    managedBy: 'vendor',
  };
};

export const openBudgetService = (lists: Lists): BudgetService => ({
  list: (parameters, ask) =>
    lists.list({
      name: 'budgets',
      parameters,
      ask,
      item: sourceBudgetSchema,
      maxAgeMs,
      source: ({ connector }) => {
        const { budgets } = connector.capabilities;
        return budgets === undefined ? null : (session) => budgets.list(session);
      },
      keep: (budget) =>
        (parameters.status?.includes(budgetArithmetic(budget).status) ?? true) &&
        (parameters.period?.includes(budget.period) ?? true),
      present: presentBudget,
    }),
});
