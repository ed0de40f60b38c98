import { z } from 'zod';
import { parseDecimal } from '../../src/domain/decimal.ts';
import { amountText, idText } from '../../src/vendor/kit/index.ts';
import { livePaginationSchema, publishedPaginationSchema } from './wire.ts';

/** Insights are two things: recommendations in the live dialect, something to watch in the published one. */

export const liveInsightsSchema = z.object({ insights: z.array(z.unknown()), pagination: livePaginationSchema });
export const publishedInsightsSchema = z.object({ data: z.array(z.unknown()), pagination: publishedPaginationSchema });

const textOrNull = z.string().nullish().catch(null);

export const liveInsightSchema = z.object({
  id: idText,
  title: z.string(),
  description: textOrNull,
  category: textOrNull,
  link: textOrNull,
  status: z.string().min(1),
  effort: textOrNull,
  cost_impact: amountText.refine((text) => parseDecimal(text) !== null, 'is no finite decimal').nullish(),
});
export type LiveInsight = z.output<typeof liveInsightSchema>;

const filterValues = z.union([
  z.string().transform((value) => [value]),
  z.array(z.union([z.string(), z.number()]).transform(String)),
]);
export const publishedInsightSchema = z.object({
  id: idText,
  name: z.string().nullish(),
  description: textOrNull,
  filters: z.record(z.string(), filterValues).nullish(),
  group_by: z.array(z.string()).nullish(),
  created_at: textOrNull,
  updated_at: textOrNull,
});
export type PublishedInsight = z.output<typeof publishedInsightSchema>;

export const writtenInsightSchema = z
  .object({ data: publishedInsightSchema })
  .transform((answer): PublishedInsight => answer.data);
