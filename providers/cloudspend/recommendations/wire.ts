import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { emptyValue, entriesOrEmpty, exactAmount } from '../wire.ts';

/** Reservations, savings and guidances. Counts come as texts. */

const count = z.union([z.number(), z.string().regex(/^\d{1,9}$/, 'is no count')]).transform(Number);

export const reservationsSchema = z.object({
  data: z.object({
    return_data: z.union([
      z.object({ opt_list: entriesOrEmpty.nullish() }),
      z.array(z.never()).transform((): { opt_list?: [string, unknown][] } => ({})),
    ]),
  }),
});
export const reservedProductSchema = z.object({
  opt_prod_id: idText,
  opt_count: count,
  expiry_count: count.nullish(),
  opt_utilization: exactAmount.nullish(),
  opt_coverage: exactAmount.nullish().catch(null),
});

export const savingsSchema = z.object({
  data: z.object({
    return_data: z.union([
      z.object({ savings_data: z.array(z.unknown()) }),
      emptyValue.transform((): { savings_data: unknown[] } => ({ savings_data: [] })),
    ]),
  }),
});
const savedAccount = { id: idText, name: z.string() };
/** The price without savings and the price paid: each cloud has its own pair of fields. */
export const savedSchemas = [
  z
    .object({ ...savedAccount, ONDEMAND_COST: exactAmount, UNBLENDED_COST: exactAmount })
    .transform((row) => ({ id: row.id, name: row.name, without: row.ONDEMAND_COST, paid: row.UNBLENDED_COST })),
  z
    .object({ ...savedAccount, PAYG_PRICE: exactAmount, ACTUAL_COST: exactAmount })
    .transform((row) => ({ id: row.id, name: row.name, without: row.PAYG_PRICE, paid: row.ACTUAL_COST })),
  z
    .object({ ...savedAccount, CREDIT_AMOUNT: exactAmount })
    .transform((row) => ({ id: row.id, name: row.name, without: '0', paid: row.CREDIT_AMOUNT })),
] as const;

/** The fields of a guidance are not documented. */
export const guidancesSchema = z.object({ data: z.object({ guidanceList: z.array(z.unknown()).nullish() }) });
