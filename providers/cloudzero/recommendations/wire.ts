import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { exactAmount, textOrNull } from '../wire.ts';

const texts = z.array(z.string()).nullish().catch(null);

/** What the vendor recommends for one resource. */
export const recommendationSchema = z.object({
  recommendation_id: idText,
  title: textOrNull,
  category: textOrNull,
  optimization_id: idText.nullish().catch(null),
  effort: textOrNull,
  status: textOrNull,
  cost_impact_last_30_days: exactAmount.nullish(),
  resource: textOrNull,
  resource_name: textOrNull,
  account: texts,
  region: texts,
  service: texts,
});
export type WireRecommendation = z.output<typeof recommendationSchema>;

export const recommendationPageSchema = z.object({
  pagination: z
    .object({
      total_count: z.number().nullish().catch(null),
      cursor: z
        .object({ has_next: z.boolean().nullish().catch(null) })
        .nullish()
        .catch(null),
    })
    .nullish(),
});

/** A bare array, one entry for each kind of recommendation. */
export const recommendationTypesSchema = z.array(z.unknown());
export const recommendationTypeSchema = z.object({ id: idText, description: textOrNull });
