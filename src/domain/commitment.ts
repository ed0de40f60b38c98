import { z } from 'zod';
import { moneySchema } from './money.ts';
import { scopeSchema } from './nouns.ts';

export const commitmentKinds = ['reservation', 'savings-plan', 'prepaid'] as const;
export type CommitmentKind = (typeof commitmentKinds)[number];

const day = z.string().meta({ format: 'date' });
const percent = z.string().nullable();

/** What was committed to in advance, as providers return it and as it is stored. */
export const sourceCommitmentSchema = z.object({
  nativeId: z.string(),
  kind: z.enum(commitmentKinds),
  name: z.string(),
  scope: scopeSchema,
  start: day.nullable().meta({ description: 'The day on which it began; null where the vendor does not say.' }),
  end: day.nullable().meta({ description: 'The day on which it ends; null where the vendor does not say.' }),
  coveragePercent: percent.meta({ description: 'How much of what was used it paid for; null where nobody says.' }),
  utilisationPercent: percent.meta({ description: 'How much of it was used; null where nobody says.' }),
  percentagesOf: z.enum(['commitment', 'product']).meta({
    description:
      'What both percentages are about: this commitment, or all commitments for the same product together, where the vendor tells no more.',
  }),
  cost: moneySchema.nullable().meta({ description: 'What was or will be paid for all of it; null where nobody says.' }),
  savings: moneySchema.nullable().meta({ description: 'What it has saved; null where nobody says.' }),
});
export type Commitment = z.output<typeof sourceCommitmentSchema>;

const { nativeId: _nativeId, ...commitment } = sourceCommitmentSchema.shape;
/** As callers get it. */
export const commitmentSchema = z
  .object({ id: z.string(), provider: z.string(), connection: z.string(), ...commitment })
  .meta({ id: 'Commitment' });
