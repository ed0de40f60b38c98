import { z } from 'zod';

/** What every answer says about the source and state of its data. */

const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const utcInstant = z.string().regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);

const providerProblemSchema = z
  .object({
    type: z.string().meta({ description: 'A path under `/problems/`; it is served as a page.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
  })
  .meta({ id: 'ProviderProblem', description: 'Why a provider is not fresh. Nothing in it changes from hit to hit.' });

export const noteSchema = z.object({ code: z.string(), message: z.string() });

export const providerStatuses = ['fresh', 'stale', 'partial', 'failed', 'unsupported'] as const;
export type ProviderState = (typeof providerStatuses)[number];

export const providerStatusSchema = z
  .object({
    provider: z.string(),
    connection: z.string(),
    status: z.enum(providerStatuses),
    notes: z.array(noteSchema),
    asOf: utcInstant
      .nullable()
      .meta({ description: 'When the figures of the latest month were asked for; the oldest of them counts.' }),
    completeThrough: dayText.nullable().meta({ description: 'The last day that the vendor has wholly reported.' }),
    missing: z
      .array(z.string())
      .meta({ description: 'Asked dimensions that this provider lacks; its cost stands under null.' }),
    problem: providerProblemSchema.optional(),
  })
  .meta({ id: 'ProviderStatus' });
export type ProviderStatus = z.output<typeof providerStatusSchema>;

export const conversionSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    rate: z.string(),
    inverse: z
      .literal(true)
      .optional()
      .meta({ description: 'Set where the rate is the reciprocal of a known one, rounded to 30 decimal places.' }),
    validFrom: dayText,
    validTo: dayText,
    source: z.string(),
  })
  .meta({ id: 'Conversion' });
export type Conversion = z.output<typeof conversionSchema>;

export const metaSchema = z
  .object({
    complete: z.boolean().meta({ description: 'False if any provider that was asked is not fresh.' }),
    providers: z.array(providerStatusSchema),
    conversions: z.array(conversionSchema).optional(),
  })
  .meta({ id: 'Meta' });

export const pageSchema = z.object({ limit: z.int(), nextCursor: z.string().nullable() }).meta({ id: 'Page' });
