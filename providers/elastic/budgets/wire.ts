import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { ecuSchema } from '../wire.ts';

/** The list is a bare array. */
export const budgetListSchema = z.array(z.unknown());

export const budgetSchema = z.object({
  id: idText,
  name: z.string().nullish().catch(null),
  /** Whole ECU by the document. */
  amount: ecuSchema,
  period: z.string().min(1),
  active: z.boolean().nullish().catch(null),
  scope_type: z.string().nullish(),
  scope_values: z.array(idText).nullish(),
  alerts: z.array(z.unknown()).nullish().catch(null),
  /** Seen in answers, but in no document. */
  created_at: z.string().nullish().catch(null),
});
export type BudgetWire = z.output<typeof budgetSchema>;

export const alertSchema = z.object({
  operator: z.string(),
  threshold: ecuSchema,
  threshold_type: z.string(),
});

/** What a write needs to know of the budget that it creates or replaces. */
export const createdBudgetSchema = z.object({ id: idText });
export const keptPartsSchema = z.object({
  active: z.boolean().nullish(),
  recipient_group: z.array(z.string()).nullish(),
  alerts: z.array(z.unknown()).nullish(),
});
