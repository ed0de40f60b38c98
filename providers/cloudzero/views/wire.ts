import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { exactAmount, textOrNull } from '../wire.ts';

/** `min_cost_impact` is not in the reference; the vendor's Terraform provider sends and reads it, in dollars. */
const viewAnomaliesSchema = z.looseObject({
  enabled: z.boolean().nullish(),
  threshold_type: textOrNull,
  threshold_value: exactAmount.nullish().catch(null),
  min_cost_impact: exactAmount.nullish().catch(null),
});

export const viewSchema = z.object({
  id: idText,
  name: z.string().nullish(),
  filter: z.record(z.string(), z.array(z.string())).nullish(),
  principal_dimension: z.string().nullish(),
  anomalies: viewAnomaliesSchema.nullish(),
  last_updated: idText.nullish().catch(null),
});
export type View = z.output<typeof viewSchema>;

/** The reference puts the view under `view`; the vendor's Terraform provider reads it from the top. */
export const oneViewSchema = z.union([z.object({ view: viewSchema }).transform((answer) => answer.view), viewSchema]);

/** The anomaly settings as they stand, to be sent back. */
export const standingAnomaliesSchema = z
  .union([z.object({ view: z.object({}).loose() }).transform((answer) => answer.view), z.object({}).loose()])
  .transform((view) => ({ anomalies: z.looseObject({}).nullish().catch(null).parse(view.anomalies) ?? {} }));
