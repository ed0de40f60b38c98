import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';

export const policyCreatedSchema = z
  .object({ data: z.object({ policy_id: idText }) })
  .transform((answer) => answer.data.policy_id);
