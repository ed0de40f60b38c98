import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { epochMilliseconds, exactAmount } from '../wire.ts';

/** Checks of governance, and reports on tags. Counts and percentages come as texts or as numbers. */

/** 5 measures a count, 6 a percentage. */
const mode = z.literal([5, 6, '5', '6']).transform(Number);
const statusText = z.union([z.string(), z.number()]).transform(String);

export const governanceCheckSchema = z.object({
  checks_id: idText,
  checks_name: z.string(),
  account_type: z.literal([0, 1, 2, '0', '1', '2']).transform(Number),
  account_id: idText.nullish(),
  mode: mode.nullish().catch(null),
  status: statusText.nullish(),
  current_value: exactAmount.nullish(),
  threshold: exactAmount.nullish(),
  last_checked_time: epochMilliseconds.nullish().catch(null),
});

export const taggingReportSchema = z.object({
  ID: idText,
  NAME: z.string(),
  IS_DISABLED: z.boolean().nullish().catch(null),
});

export const taggingSummarySchema = z.object({
  data: z.object({
    total_resources: exactAmount.refine((text) => /^\d{1,15}$/.test(text), 'is no count'),
    non_compliant_resource_percentage: exactAmount,
  }),
});
