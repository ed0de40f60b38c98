import { z } from 'zod';
import { idText } from '../../src/vendor/kit/index.ts';
import { currencyCode, epochMilliseconds, exactAmount, leadingDay, listAtData } from './wire.ts';

/** Budgets and anomaly checks, beyond their lists. */

const emptyChart = z
  .union([z.strictObject({}), z.array(z.never())])
  .transform((): { usage_values: unknown[]; budget_values: unknown[] } => ({ usage_values: [], budget_values: [] }));
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

export const policyCreatedSchema = z
  .object({ data: z.object({ policy_id: idText }) })
  .transform((answer) => answer.data.policy_id);
export const budgetCreatedSchema = z
  .object({ data: z.object({ budget_id: idText }) })
  .transform((answer) => answer.data.budget_id);
export const checkCreatedSchema = z
  .object({ data: z.object({ checks_id: idText }) })
  .transform((answer) => answer.data.checks_id);

/** Checks in groups by what they have found. */
export const checkGroupSchema = z.object({ values: z.array(z.unknown()) });
export const checkSchema = z.object({
  checks_id: idText,
  checks_name: z.string(),
  account_type: z.literal([0, 1, 2, '0', '1', '2']).transform(Number),
  account_id: idText.nullish(),
});

/** An array under a singular name. */
export const costCentersSchema = z.union([
  z.object({ data: z.object({ business_units: z.array(z.unknown()) }) }).transform(({ data }) => data.business_units),
  listAtData.refine((list) => list.length === 0, 'has no business_units'),
]);
export const costCenterSchema = z.object({
  id: idText,
  name: z.string(),
  cost_account_id: z
    .array(idText)
    .nullish()
    .transform((ids) => ids ?? []),
});
