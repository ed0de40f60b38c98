import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { exactAmount } from '../wire.ts';

/** `actual` has been described both as a bare amount and like the planned limits. */
const looseAmount = z.union([exactAmount, z.object({ amount: exactAmount }).transform((each) => each.amount)]);

export const liveBudgetSchema = z.object({
  id: idText,
  name: z.string().nullish(),
  planned_limits: z.object({ monthly: z.record(z.string(), z.object({ amount: exactAmount })) }),
  view: z.object({ id: idText.nullish() }).nullish(),
  alerts: z.record(z.string(), z.unknown()).nullish(),
  current: z.object({ actual: looseAmount.nullish() }).nullish(),
  created: idText.nullish(),
  last_updated: idText.nullish(),
});
export type LiveBudget = z.output<typeof liveBudgetSchema>;

export const publishedBudgetSchema = z.object({
  id: idText,
  name: z.string().nullish(),
  amount: exactAmount,
  period: z.string(),
  view_id: idText.nullish(),
  notifications: z.array(z.object({ threshold: exactAmount, recipients: z.array(z.string()).nullish() })).nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});
export type PublishedBudget = z.output<typeof publishedBudgetSchema>;

/** The answer of a write: the budget stands under `budget` (live) or `data` (published). */
export const writtenBudgetSchemas = {
  live: z.object({ budget: liveBudgetSchema }).transform((answer) => answer.budget),
  published: z.object({ data: publishedBudgetSchema }).transform((answer) => answer.data),
} as const;

/** The limits of a budget as they stand, to be sent back. */
export const plannedLimitsSchema = z.object({
  budget: z.object({ planned_limits: z.object({ monthly: z.record(z.string(), z.unknown()).nullish() }).nullish() }),
});
