import { z } from 'zod';
import { moneySchema } from './money.ts';

/** How much of the cost of a connection carries a tag key, in one currency. */
export const tagCoverageSchema = z
  .object({
    key: z.string().meta({ description: 'As in `tag:<key>`.' }),
    provider: z.string(),
    connection: z.string(),
    taggedCost: moneySchema.meta({ description: 'What has any value under this key.' }),
    totalCost: moneySchema.meta({ description: 'All of the cost, with and without.' }),
    coveragePercent: z
      .string()
      .nullable()
      .meta({ description: 'With two decimals, half to even; null where the total is zero.' }),
  })
  .meta({ id: 'TagCoverage' });
export type TagCoverage = z.output<typeof tagCoverageSchema>;
