import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { exactAmount, textOrNull } from '../wire.ts';

export const liveInsightSchema = z.object({
  id: idText,
  title: z.string(),
  description: textOrNull,
  category: textOrNull,
  link: textOrNull,
  status: z.string().min(1),
  effort: textOrNull,
  cost_impact: exactAmount.nullish(),
});
export type LiveInsight = z.output<typeof liveInsightSchema>;
