import { z } from 'zod';

/** The result of a write as a value, which the journal can store. Routes turn it into an answer. */
export const writeResultSchema = z.discriminatedUnion('done', [
  z.object({ done: z.literal('created'), id: z.string(), body: z.unknown() }),
  z.object({ done: z.literal('changed'), body: z.unknown() }),
  z.object({ done: z.literal('removed') }),
  /** Goes on; its state can be read under the id. */
  z.object({ done: z.literal('accepted'), id: z.string(), body: z.unknown() }),
  /** What the vendor answered, as it came; `body` in base64. */
  z.object({
    done: z.literal('answered'),
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    contentType: z.string().nullable(),
    body: z.string(),
  }),
]);
export type WriteResult = z.output<typeof writeResultSchema>;
