import type { BudgetStatus } from '../../../domain/answer-schemas.ts';
import { compare, decimal, decimalText, divide, multiply, parseDecimal, subtract } from '../../../domain/decimal.ts';
import { amountOf, type Money, money } from '../../../domain/money.ts';
import type { Budget } from '../../../domain/nouns.ts';

const hundred = decimal('100');
const warningPercentDefault = decimal('80');

const sameCurrency = (limit: Money, other: Money | null): Money | null =>
  other !== null && other.currency === limit.currency ? other : null;

const lowestThreshold = (budget: Pick<Budget, 'alerts'>) =>
  budget.alerts
    .map((alert) => parseDecimal(alert.thresholdPercent))
    .filter((threshold) => threshold !== null)
    .reduce((lowest, threshold) => (compare(threshold, lowest) < 0 ? threshold : lowest), decimal('1000000'));

/** Percentage of the limit, to four digits; null for a limit of zero. */
export const percentUsed = (spent: Money, limit: Money): string | null => {
  const percent = divide(multiply(amountOf(spent), hundred), amountOf(limit), 4);
  return percent === null ? null : decimalText(percent);
};

/** Whether this percentage of the limit is spent. Nothing is rounded. */
export const reaches = (spent: Money, limit: Money, percent: string): boolean =>
  compare(multiply(amountOf(spent), hundred), multiply(amountOf(limit), decimal(percent))) >= 0;

/** Always computed here, because some vendors compute it wrongly. */
export const budgetArithmetic = (budget: Pick<Budget, 'limit' | 'spent' | 'forecast' | 'alerts'>) => {
  const spentMoney = budget.limit === null ? null : sameCurrency(budget.limit, budget.spent);
  if (budget.limit === null || spentMoney === null)
    return { remaining: null, percentUsed: null, status: 'unknown' as const };
  const limit = amountOf(budget.limit);
  const forecastMoney = sameCurrency(budget.limit, budget.forecast);
  const spent = amountOf(spentMoney);
  const threshold = budget.alerts.length === 0 ? warningPercentDefault : lowestThreshold(budget);
  const near = reaches(spentMoney, budget.limit, decimalText(threshold));
  const ahead = forecastMoney !== null && compare(amountOf(forecastMoney), limit) > 0;
  const status: BudgetStatus = compare(spent, limit) > 0 ? 'exceeded' : near || ahead ? 'warning' : 'ok';
  return {
    remaining: money(subtract(limit, spent), budget.limit.currency),
    percentUsed: percentUsed(spentMoney, budget.limit),
    status,
  };
};
