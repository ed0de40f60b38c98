import { z } from 'zod';
import { readDay } from '../../../src/domain/day.ts';
import { idText } from '../../../src/vendor/kit/index.ts';
import { ecuSchema } from '../wire.ts';

/** The day of a date or of an instant in UTC; null where nothing is told. */
const dayOrNull = z
  .string()
  .nullish()
  .transform((text, context) => {
    if (text === null || text === undefined || text === '') return null;
    const day = readDay(text.slice(0, 10));
    if (day === null) context.addIssue('does not begin with a calendar day');
    return day ?? z.NEVER;
  });

const unknownOrganizationSchema = z.object({
  errors: z.array(z.object({ code: z.literal('organization.not_found') })).min(1),
});
/** Whether a 404 is about the organization, and not about what it lacks. */
export const isUnknownOrganization = (json: unknown): boolean => unknownOrganizationSchema.safeParse(json).success;

/** A bare array, of which no document tells the fields. */
export const creditsSchema = z.array(z.unknown());
export const creditSchema = z.object({
  type: idText.nullish(),
  ecu_quantity: ecuSchema,
  ecu_balance: ecuSchema.nullish(),
  start: dayOrNull,
  end: dayOrNull,
});
