import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { textOrNull } from '../wire.ts';

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
