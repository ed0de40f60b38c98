import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { emptyValue, listUnder } from '../wire.ts';

export const policyCreatedSchema = z
  .object({ data: z.object({ policy_id: idText }) })
  .transform((answer) => answer.data.policy_id);

export const policiesSchema = z.object({ data: listUnder('data') });
/** A policy without tags that nothing uses. Tags are an empty text where there are none. */
export const unusedPolicySchema = z.object({
  policy_id: idText,
  policy_name: z.string(),
  account_type: z.union([z.number(), z.string()]).transform(Number),
  account_id: idText,
  cost_type: z.union([z.number(), z.string()]).transform(Number),
  budget_tags: z.union([z.literal(''), emptyValue]).nullish(),
  budgets_count: z.literal([0, '0']),
});

export const usersSchema = z.object({
  data: z.object({
    /** The user whom the refresh token belongs to. */
    contact_id: idText.nullish(),
    users: z.array(z.unknown()),
  }),
});
export const userSchema = z.object({ user_id: idText, email_address: z.string() });
