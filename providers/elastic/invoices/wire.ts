import { z } from 'zod';
import { ecuSchema } from '../wire.ts';

export const historySchema = z.object({ statements: z.array(z.unknown()).nullish() });

/** A statement names its ECU and what was invoiced for them; an invoice has no ECU. */
export const statementSchema = z.object({
  currency: z.string(),
  ecu_total: ecuSchema,
  invoiced_amount_in_cents: ecuSchema,
  period_start_date: z.string(),
  period_end_date: z.string(),
});
