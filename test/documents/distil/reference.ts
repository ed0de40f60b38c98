import { z } from 'zod';
import type { WrittenDocument, WrittenOperation } from '../../../src/vendor/document/document.ts';
import { structureOf, structuresOf } from './schema.ts';

const parameters = z
  .record(z.string(), z.object({ schema: z.unknown(), required: z.boolean().default(false) }))
  .default({});

const referenceSchema = z.object({
  shared: z.record(z.string(), z.unknown()),
  operations: z.array(
    z.object({
      operation: z.string(),
      method: z.string(),
      path: z.string(),
      pathParameters: parameters,
      query: parameters,
      headers: z.array(z.string()).default([]),
      body: z.record(z.string(), z.unknown()).optional(),
      responses: z.record(z.string(), z.record(z.string(), z.unknown())),
    }),
  ),
});

/** An empty schema is a body that is not described. */
const answerOf = (schema: Record<string, unknown>) =>
  Object.keys(schema).length === 0 ? {} : { 'application/json': structureOf(schema) };

const parametersOf = (place: 'path' | 'query', given: z.output<typeof parameters>) =>
  Object.entries(given).map(([name, { schema, required }]) => ({
    name,
    in: place,
    required,
    schema: structureOf(schema),
  }));

/** A list of operations with their schemas, one operation a line. */
export const readReference = (text: string): Omit<WrittenDocument, 'source' | 'authorization'> => {
  const reference = referenceSchema.parse(JSON.parse(text));
  return {
    schemas: structuresOf(reference.shared),
    operations: reference.operations.map(
      ({ operation, method, path, pathParameters, query, headers, body, responses }): WrittenOperation => ({
        id: operation,
        method,
        path,
        parameters: [...parametersOf('path', pathParameters), ...parametersOf('query', query)],
        headers,
        ...(body === undefined ? {} : { body: { required: true, content: structuresOf(body) } }),
        answers: Object.fromEntries(Object.entries(responses).map(([status, schema]) => [status, answerOf(schema)])),
      }),
    ),
  };
};
