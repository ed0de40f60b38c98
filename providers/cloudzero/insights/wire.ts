import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { exactAmount, textOrNull } from '../wire.ts';

/** The reference requires the id and the times alone. */
export const liveInsightSchema = z.object({
  id: idText,
  title: textOrNull,
  description: textOrNull,
  category: textOrNull,
  link: textOrNull,
  status: z.string().min(1).nullish(),
  effort: textOrNull,
  cost_impact: exactAmount.nullish(),
  created: idText.nullish(),
});
export type LiveInsight = z.output<typeof liveInsightSchema>;
