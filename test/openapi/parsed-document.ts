import { z } from 'zod';
import { documentText, type OpenApiDocument } from '../../openapi/document.ts';

/** As much of an OpenAPI document as tests read, with its references followed. */

const schema = z.record(z.string(), z.unknown());
const example = z.unknown().optional();
const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.string().optional(),
  style: z.string().optional(),
  explode: z.boolean().optional(),
  schema,
  example,
});
const header = z.object({ description: z.string(), required: z.boolean().optional(), schema, example });
const media = z.object({
  schema,
  example,
  examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
});
const content = z.record(z.string(), media);
const response = z.object({
  description: z.string(),
  headers: z.record(z.string(), header).optional(),
  content: content.optional(),
});
const operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(parameter),
  requestBody: z.object({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string(), response),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  'x-scope': z.string().optional(),
});
const parsed = z.object({
  paths: z.record(z.string(), z.record(z.enum(['get', 'post', 'put', 'delete']), operation.optional())),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

export type Parameter = z.output<typeof parameter>;
export type Response = z.output<typeof response>;
export interface ParsedOperation extends z.output<typeof operation> {
  readonly method: string;
  readonly path: string;
}
export interface ParsedDocument {
  readonly operations: readonly ParsedOperation[];
  readonly schemas: Readonly<Record<string, z.output<typeof schema>>>;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const at = (whole: unknown, reference: string): unknown => {
  let value = whole;
  for (const name of reference.slice(2).split('/')) value = isObject(value) ? value[name] : undefined;
  if (value === undefined) throw new TypeError(`${reference} leads nowhere`);
  return value;
};

/** References to parameters, headers and responses are followed; those to schemas stay. */
const followed = (value: unknown, whole: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => followed(item, whole));
  if (!isObject(value)) return value;
  const { $ref: reference } = value;
  if (typeof reference === 'string' && !reference.startsWith('#/components/schemas/')) {
    return followed(at(whole, reference), whole);
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, followed(item, whole)]));
};

export const parseDocument = (document: OpenApiDocument): ParsedDocument => {
  const whole: unknown = JSON.parse(documentText(document));
  const { paths, components } = parsed.parse(followed(whole, whole));
  return {
    schemas: components.schemas,
    operations: Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, found]) =>
        found === undefined ? [] : [{ ...found, path, method: method.toUpperCase() }],
      ),
    ),
  };
};
