import { z } from 'zod';

/** What a change came to, as a value: the route says how it is answered, and the journal keeps it. */
export const writeResultSchema = z.discriminatedUnion('done', [
  z.object({ done: z.literal('created'), id: z.string(), body: z.unknown() }),
  z.object({ done: z.literal('changed'), body: z.unknown() }),
  z.object({ done: z.literal('removed') }),
]);
export type WriteResult = z.output<typeof writeResultSchema>;
