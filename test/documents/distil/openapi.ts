import { parse } from 'yaml';
import { z } from 'zod';
import type { WrittenDocument, WrittenOperation } from '../../../src/vendor/document/document.ts';
import { structureOf, structuresOf } from './schema.ts';

const content = z.record(z.string(), z.object({ schema: z.unknown() })).default({});

const operationSchema = z.object({
  operationId: z.string(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query']),
        required: z.boolean().default(false),
        schema: z.unknown(),
      }),
    )
    .default([]),
  requestBody: z.object({ required: z.boolean().default(false), content }).optional(),
  responses: z.record(z.string(), z.object({ content })),
});

const openApiSchema = z.object({
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()).default({}) }),
});

const structures = (given: z.output<typeof content>) =>
  structuresOf(Object.fromEntries(Object.entries(given).map(([type, { schema }]) => [type, schema])));

/** An OpenAPI description, 3.0 or 3.1. */
export const readOpenApi = (text: string): Omit<WrittenDocument, 'source' | 'authorization'> & { version: string } => {
  const document = openApiSchema.parse(parse(text));
  return {
    version: document.info.version,
    schemas: structuresOf(document.components.schemas),
    operations: Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]): WrittenOperation => ({
          id: operation.operationId,
          method: method.toUpperCase(),
          path,
          parameters: operation.parameters.map(({ schema, ...rest }) => ({ ...rest, schema: structureOf(schema) })),
          ...(operation.requestBody === undefined
            ? {}
            : {
                body: {
                  required: operation.requestBody.required,
                  content: structures(operation.requestBody.content),
                },
              }),
          answers: Object.fromEntries(
            Object.entries(operation.responses).map(([status, answer]) => [status, structures(answer.content)]),
          ),
        }),
      ),
    ),
  };
};
