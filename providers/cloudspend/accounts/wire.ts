import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { entriesOrEmpty, exactAmount, listAtData } from '../wire.ts';

export const accountsDataSchema = z.object({ data: z.object({ all_accounts: z.array(z.unknown()) }) });
const cloudNumbers = new Map([
  ['0', 0],
  ['1', 1],
  ['2', 2],
  ['AWS', 0],
  ['AZURE', 1],
  ['GCP', 2],
]);
const cloud = z.union([z.number(), z.string()]).transform((value, context) => {
  const number = cloudNumbers.get(String(value).toUpperCase());
  if (number === undefined) context.addIssue('is none of AWS (0), Azure (1) and GCP (2)');
  return number ?? z.NEVER;
});
export const costAccountSchema = z.object({
  cost_account_id: idText,
  account_name: z.string(),
  cloud_type: cloud,
  child_accounts: z.array(z.unknown()),
});
export const billingAccountSchema = z.object({ billing_account_id: idText, name: z.string() });

export const accountsOverviewSchema = z.object({
  data: z.object({
    all_accounts: z.object({
      processed_accounts: entriesOrEmpty.nullish(),
      processing_accounts: entriesOrEmpty.nullish(),
      suspended_accounts: entriesOrEmpty.nullish(),
      config_error_accounts: entriesOrEmpty.nullish(),
    }),
  }),
});
export const accountOverviewSchema = z.object({
  account_name: z.string(),
  total_current_month: exactAmount.nullish(),
  total_prev_month: exactAmount.nullish(),
  forecast_val: exactAmount.nullish(),
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
