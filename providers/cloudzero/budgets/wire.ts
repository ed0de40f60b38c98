import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { exactAmount } from '../wire.ts';

/** `actual` has been described both as a bare amount and like the planned limits. */
const looseAmount = z.union([exactAmount, z.object({ amount: exactAmount }).transform((each) => each.amount)]);
const plannedAndActual = z.object({ actual: looseAmount.nullish(), planned: looseAmount.nullish() });

export const liveBudgetSchema = z.object({
  id: idText,
  name: z.string().nullish(),
  planned_limits: z.object({ monthly: z.record(z.string(), z.object({ amount: exactAmount })) }),
  view: z.object({ id: idText.nullish() }).nullish(),
  alerts: z.record(z.string(), z.unknown()).nullish(),
  current: plannedAndActual.nullish(),
  created: idText.nullish(),
  last_updated: idText.nullish(),
});
export type LiveBudget = z.output<typeof liveBudgetSchema>;

/** One budget with `expand=current`, `history` and `burnup`. Its periods and days are decoded one by one. */
export const expandedBudgetSchema = z.object({
  budget: z.object({
    alerts: z.record(z.string(), z.unknown()).nullish(),
    current: plannedAndActual.nullish(),
    history: z.object({ monthly: z.record(z.string(), z.unknown()) }),
    burnup: z.object({ daily: z.record(z.string(), z.unknown()) }).nullish(),
  }),
});
export type ExpandedBudget = z.output<typeof expandedBudgetSchema>['budget'];
export const plannedActualSchema = z.object({ actual: looseAmount, planned: looseAmount });

/** All but the id may be absent: the published document requires none of the fields of an answer. */
export const publishedBudgetSchema = z.object({
  id: idText,
  name: z.string().nullish(),
  amount: exactAmount.nullish(),
  period: z.string().nullish(),
  view_id: idText.nullish(),
  notifications: z
    .array(z.object({ threshold: exactAmount.nullish(), recipients: z.array(z.string()).nullish() }))
    .nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});
export type PublishedBudget = z.output<typeof publishedBudgetSchema>;

/** The answer of a write: the budget stands under `budget` (live) or `data` (published). */
export const writtenBudgetSchemas = {
  live: z.object({ budget: liveBudgetSchema }).transform((answer) => answer.budget),
  published: z.object({ data: publishedBudgetSchema }).transform((answer) => answer.data),
} as const;

/** What a change has to start from: the limits and alerts of a budget as they stand. */
export const standingBudgetSchema = z
  .object({
    budget: z.object({
      planned_limits: z.object({ monthly: z.record(z.string(), z.unknown()).nullish() }).nullish(),
      alerts: z.record(z.string(), z.unknown()).nullish(),
    }),
  })
  .transform(({ budget }) => ({ limits: budget.planned_limits?.monthly ?? {}, alerts: budget.alerts ?? {} }));
export type StandingBudget = z.output<typeof standingBudgetSchema>;
