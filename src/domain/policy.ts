import { z } from 'zod';
import { scopeSchema } from './nouns.ts';

export const policyKinds = ['governance', 'tagging'] as const;
export type PolicyKind = (typeof policyKinds)[number];
export const policyStatuses = ['ok', 'violated', 'unknown'] as const;
export type PolicyStatus = (typeof policyStatuses)[number];

const textOrNull = z.string().nullable();

/** A rule that the vendor checks, as providers return it and as it is stored. */
export const sourcePolicySchema = z.object({
  nativeId: z.string(),
  name: z.string(),
  kind: z.enum(policyKinds).meta({
    description: '`governance` holds a measured value to a threshold; `tagging` wants tags on every resource.',
  }),
  status: z.enum(policyStatuses),
  nativeStatus: textOrNull.meta({ description: "The vendor's own word or number for the status." }),
  findings: z.int().nullable().meta({
    description: 'How many things the check counts; null where it counts none, or the vendor tells no number.',
  }),
  value: textOrNull.meta({ description: 'What was measured, as a decimal in `unit`.' }),
  threshold: textOrNull.meta({ description: 'What it is held to, as a decimal in `unit`.' }),
  unit: z.enum(['count', 'percent']).nullable(),
  scope: scopeSchema,
  checkedAt: z.string().meta({ format: 'date-time' }).nullable(),
});
export type Policy = z.output<typeof sourcePolicySchema>;

const { nativeId: _nativeId, ...policy } = sourcePolicySchema.shape;
/** As callers get it. */
export const policySchema = z
  .object({ id: z.string(), provider: z.string(), connection: z.string(), ...policy })
  .meta({ id: 'Policy' });
