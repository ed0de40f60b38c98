import { z } from 'zod';
import { failureKinds } from '../../domain/failure/failure.ts';
import { type WriteResult, writeResultSchema } from './write-result.ts';

/**
 * One write in the journal, which is also the record of its idempotency key:
 * `started → sent → done | unknown`, and `unknown → done` once the outcome is known.
 * `released` is a key that is free again, because nothing was sent.
 */

const failureSchema = z.object({
  kind: z.enum(failureKinds),
  public: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type StoredFailure = z.output<typeof failureSchema>;

/** Outcomes of an earlier version, which stored answers instead of results. They are repeated and never sent again. */
const formerOutcomeSchema = z
  .object({
    answer: z.object({
      status: z.int().optional(),
      headers: z.object({ location: z.string().optional() }).optional(),
      json: z.unknown().optional(),
    }),
  })
  .transform(({ answer: { status, headers, json } }): { readonly result: WriteResult } => {
    if (status === 204) return { result: { done: 'removed' } };
    const id = headers?.location?.split('/').at(-1);
    if (id === undefined) return { result: { done: 'changed', body: json } };
    return { result: { done: 'created', id: decodeURIComponent(id), body: json } };
  });

export const outcomeSchema = z.union([
  z.object({ result: writeResultSchema }),
  z.object({ failure: failureSchema }),
  formerOutcomeSchema,
]);
export type Outcome = z.output<typeof outcomeSchema>;

/** The request. `fingerprint` is null if it has no key. */
const askedSchema = z.object({
  id: z.string(),
  consumer: z.string(),
  operation: z.string(),
  requestId: z.string(),
  fingerprint: z.string().nullable(),
  startedAt: z.number(),
  /** New at every start, so that no entry equals an earlier one. */
  attempt: z.string(),
  /** The key that the vendor gets; the id where absent. */
  sendKey: z.string().optional(),
});

/** What was sent, as far as a later look-up needs it. */
const actSchema = z.object({
  kind: z.string(),
  connection: z.string(),
  storageKey: z.string(),
  subject: z.unknown(),
  /** Lock of equal writes; null if they need none. */
  turn: z.string().nullable(),
  sentAt: z.number(),
  /** From then on a look-up that finds nothing means that nothing was done. */
  conclusiveAt: z.number(),
});
export type Act = z.output<typeof actSchema>;

export const entrySchema = z.discriminatedUnion('state', [
  askedSchema.extend({ state: z.literal('started') }),
  askedSchema.extend({ state: z.literal('sent'), act: actSchema }),
  askedSchema.extend({ state: z.literal('unknown'), act: actSchema }),
  askedSchema.extend({ state: z.literal('done'), outcome: outcomeSchema }),
  /** `keySpent`: the vendor may have kept a failure under the key that it got. */
  askedSchema.extend({ state: z.literal('released'), keySpent: z.boolean().optional() }),
]);
export type Entry = z.output<typeof entrySchema>;
export type Asked = z.output<typeof askedSchema>;
