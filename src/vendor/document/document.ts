import { z } from 'zod';

/** What a vendor's document says, without its sentences: operations, parameters, bodies and answers. */

/** JSON Schema, as far as the documents use it; `compile` knows the keywords and refuses any other. */
const schemaSchema = z.record(z.string(), z.unknown());
export type Schema = z.output<typeof schemaSchema>;

const parameterSchema = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'query']),
  required: z.boolean().default(false),
  schema: schemaSchema.default({}),
  /** The value is the text of a JSON value of this schema. */
  json: schemaSchema.optional(),
});
export type Parameter = z.output<typeof parameterSchema>;

/** By media type. A media type without a schema is one whose content is not described. */
const contentSchema = z.record(z.string(), schemaSchema);

const operationSchema = z.strictObject({
  id: z.string(),
  method: z.string(),
  path: z.string(),
  parameters: z.array(parameterSchema).default([]),
  /** Headers that the operation takes beside those of every request, in lower case. */
  headers: z.array(z.string()).default([]),
  /** False for operations that hand out credentials. */
  authorised: z.boolean().default(true),
  body: z.strictObject({ required: z.boolean(), content: contentSchema }).optional(),
  /** By status. An empty object: the document describes no body. */
  answers: z.record(z.string(), contentSchema),
});
export type Operation = z.output<typeof operationSchema>;

export const documentSchema = z.strictObject({
  source: z.strictObject({
    /** Which of the vendor's documents this was taken from. */
    document: z.string(),
    /** How it came to be: taken by a script, or written by hand from the document. */
    taken: z.enum(['script', 'hand']),
    /** The vendor's own version of it, where it has one. */
    version: z.string().optional(),
  }),
  /** The schemes with which the Authorization header may begin; an empty text is a bare key. */
  authorization: z.array(z.string()),
  /** Answers that every operation may give, where it does not describe them itself. */
  answers: z.record(z.string(), contentSchema).default({}),
  schemas: z.record(z.string(), schemaSchema),
  operations: z.array(operationSchema),
});
export type VendorDocument = z.output<typeof documentSchema>;
/** As it is written: what has a default may be left out. */
export type WrittenDocument = z.input<typeof documentSchema>;
export type WrittenOperation = WrittenDocument['operations'][number];
