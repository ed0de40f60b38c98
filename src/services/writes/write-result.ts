import { z } from 'zod';

/** The result of a write as a value, which the journal can store. Routes turn it into an answer. */
export const writeResultSchema = z.discriminatedUnion('done', [
  z.object({ done: z.literal('created'), id: z.string(), body: z.unknown() }),
  z.object({ done: z.literal('changed'), body: z.unknown() }),
  z.object({ done: z.literal('removed') }),
]);
export type WriteResult = z.output<typeof writeResultSchema>;
