import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { currencyCode, emptyValue, epochMilliseconds, exactAmount, leadingDay } from '../wire.ts';

export const budgetSchema = z.object({
  budget_id: idText,
  budget_name: z.string(),
  account_type: z.literal([0, 1, 2, '0', '1', '2']).transform(Number),
  account_id: idText.nullish(),
  period: z.string().min(1),
  budget_value: exactAmount,
  spending: exactAmount.nullish(),
  unit: z
    .union([z.number(), z.string()])
    .nullish()
    .refine(
      (unit) => unit === null || unit === undefined || Number(unit) === 1,
      'says that the limit is no amount of money',
    ),
  display_currency: currencyCode,
});
/** `unit` 2 is a percentage. */
export const percentageBudgetSchema = z.object({ unit: z.literal([2, '2']), budget_name: z.string() });
export const budgetInfoSchema = z.object({
  data: z.object({
    info: z.object({
      forecasted_val: exactAmount.nullish(),
      currency_code: currencyCode.nullish(),
    }),
    alerts: z.array(z.unknown()).nullish(),
  }),
});

/** Budgets and anomaly checks, beyond their lists. */

const emptyChart = emptyValue.transform((): { usage_values: unknown[]; budget_values: unknown[] } => ({
  usage_values: [],
  budget_values: [],
}));
export const budgetHistorySchema = z.object({
  data: z.object({
    meta: z.object({ currency_code: currencyCode, budget_period: z.string() }),
    chart_data: z.union([
      z.object({ usage_values: z.array(z.unknown()), budget_values: z.array(z.unknown()) }),
      emptyChart,
    ]),
  }),
});
export const datedAmountSchema = z
  .tuple([leadingDay, exactAmount], z.unknown())
  .transform(([day, amount]) => ({ day, amount }));

/** `threshold` is an amount, not a percentage. */
export const firedAlertSchema = z.object({
  threshold: exactAmount,
  budget: exactAmount,
  usage: exactAmount,
  notified_Time: epochMilliseconds,
});
export const budgetCreatedSchema = z
  .object({ data: z.object({ budget_id: idText }) })
  .transform((answer) => answer.data.budget_id);
