import { z } from 'zod';
import { absolute, compare, type Decimal, digitsBeforePoint, divide, isZero, timesPowerOfTen } from './decimal.ts';
import { moneySchema } from './money.ts';

const day = z.string().meta({ format: 'date' });

/** What a stream counted from one day up to but not including another. */
export const unitQuantitySchema = z.object({ start: day, end: day, value: z.string() });
export type UnitQuantity = z.output<typeof unitQuantitySchema>;

export const unitCostSchema = z
  .object({
    id: z.string(),
    provider: z.string(),
    connection: z.string(),
    name: z.string(),
    unit: z.string(),
    period: z.object({ start: day, end: day.meta({ description: 'Exclusive.' }) }),
    quantity: z.string().meta({ description: 'How many units, as a decimal.' }),
    cost: moneySchema,
    unitCost: moneySchema.meta({
      description:
        '`cost` divided by `quantity`, rounded half to even to 12 significant digits; nothing else is rounded.',
    }),
  })
  .meta({ id: 'UnitCost' });
export type UnitCost = z.output<typeof unitCostSchema>;

const significantDigits = 12;

/** The cost of one unit, with 12 significant digits, half to even; null where there is no unit. */
export const costOfUnit = (cost: Decimal, quantity: Decimal): Decimal | null => {
  if (isZero(quantity)) return null;
  if (isZero(cost)) return cost;
  const digitsMost = digitsBeforePoint(cost) - digitsBeforePoint(quantity) + 1;
  const reachesMost = compare(absolute(cost), timesPowerOfTen(absolute(quantity), digitsMost - 1)) >= 0;
  return divide(cost, quantity, significantDigits - (reachesMost ? digitsMost : digitsMost - 1));
};
