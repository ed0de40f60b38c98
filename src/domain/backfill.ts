import { z } from 'zod';

/** How far older months of a connection are read ahead. */
export const backfillSchema = z.object({
  from: z.string().meta({ description: 'The first day that is read ahead.' }),
  to: z.string().meta({ description: 'The last day that is read ahead.' }),
  doneThrough: z
    .string()
    .nullable()
    .meta({ description: 'Every day from `from` to this one is stored; null while the first one is not.' }),
  callsLeft: z.int().meta({ description: 'Estimated number of vendor calls until all is stored.' }),
});
export type BackfillProgress = z.output<typeof backfillSchema>;
