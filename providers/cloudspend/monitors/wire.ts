import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';

export const checkCreatedSchema = z
  .object({ data: z.object({ checks_id: idText }) })
  .transform((answer) => answer.data.checks_id);

/** Checks in groups by what they have found. */
export const checkGroupSchema = z.object({ values: z.array(z.unknown()) });
export const checkSchema = z.object({
  checks_id: idText,
  checks_name: z.string(),
  account_type: z.literal([0, 1, 2, '0', '1', '2']).transform(Number),
  account_id: idText.nullish(),
});
