import { z } from 'zod';
import type { NativeOperation, NativeParameter } from '../contract/native-operation.ts';
import { documentSchema, type Operation, type Parameter, type Schema, type VendorDocument } from './document.ts';
import { readJson } from './read-json.ts';

/** What a provider says of an operation beside the vendor's document: a title in its own words, and what it does. */
const statedSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z][\w-]*$/),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string().startsWith('/'),
  title: z.string().min(3).max(120),
  area: z.string().min(2),
  effect: z.enum(['read', 'write']),
  scope: z.string().nullable(),
  note: z.string().optional(),
  origin: z.string().optional(),
  operation: z.string().optional(),
  quota: z.string().optional(),
  timeoutMs: z.int().optional(),
  idempotencyHeader: z.string().optional(),
  bodyBytesMax: z.int().optional(),
});

const parameterOf = ({ name, required, schema, json, ...rest }: Parameter): NativeParameter => ({
  name,
  in: rest.in,
  required,
  schema: json ?? schema,
  json: json !== undefined,
});

/** Dialects may describe one operation differently: all parameters count, and none is required that one can do without. */
const parametersOf = (described: readonly Operation[]): NativeParameter[] => {
  const merged = new Map<string, NativeParameter>();
  for (const parameter of described.flatMap((each) => each.parameters)) {
    const required = described.every((each) =>
      each.parameters.some((other) => other.name === parameter.name && other.in === parameter.in && other.required),
    );
    const key = `${parameter.in} ${parameter.name}`;
    if (!merged.has(key)) merged.set(key, { ...parameterOf(parameter), required });
  }
  return [...merged.values()];
};

/** A schema with the shared schemas that it refers to written in, so that it can stand alone. */
const alone = (schema: unknown, shared: VendorDocument['schemas'], within: readonly string[] = []): unknown => {
  if (Array.isArray(schema)) return schema.map((each) => alone(each, shared, within));
  if (typeof schema !== 'object' || schema === null) return schema;
  const name = '$ref' in schema ? /^#\/schemas\/(.+)$/.exec(String(schema.$ref))?.[1] : undefined;
  if (name === undefined)
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, alone(value, shared, within)]));
  return within.includes(name) ? {} : alone(shared[name] ?? {}, shared, [...within, name]);
};

const operationsOf = (raw: unknown): Operation[] => {
  const document = documentSchema.parse(raw);
  return documentSchema.parse({ ...document, operations: alone(document.operations, document.schemas) }).operations;
};

const isSuccess = ([status]: readonly [string, unknown]): boolean => status.startsWith('2');

/** Where dialects describe one media type differently, a body fits either of them. */
const contentOf = (
  bodies: readonly NonNullable<Operation['body']>[],
): NonNullable<NativeOperation['body']>['content'] =>
  Object.fromEntries(
    [...new Set(bodies.flatMap(({ content }) => Object.keys(content)))].map((type): [string, Schema] => {
      const schemas = bodies.flatMap(({ content }) => {
        const schema = content[type];
        return schema === undefined ? [] : [schema];
      });
      const [only = {}, ...more] = new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values();
      return [type, more.length === 0 ? only : { anyOf: [only, ...more] }];
    }),
  );

const bodyOf = (described: readonly Operation[], bytesMax: number | undefined): NativeOperation['body'] => {
  const bodies = described.flatMap(({ body }) => (body === undefined ? [] : [body]));
  if (bodies.length === 0) return null;
  return {
    required: bodies.length === described.length && bodies.every(({ required }) => required),
    content: contentOf(bodies),
    bytesMax,
  };
};

/**
 * The catalogue of a vendor's operations: what the provider states of each, joined to what the vendor's documents say
 * under the same method and path. Throws where the two do not name the same operations.
 */
export const joinOperations = (stated: unknown, documents: readonly unknown[]): readonly NativeOperation[] => {
  const described = Map.groupBy(documents.flatMap(operationsOf), ({ method, path }) => `${method} ${path}`);
  const operations = z
    .array(statedSchema)
    .parse(stated)
    .map(({ bodyBytesMax, ...operation }) => {
      const key = `${operation.method} ${operation.path}`;
      const found = described.get(key);
      if (found === undefined) throw new TypeError(`${operation.id}: no document describes ${key}`);
      described.delete(key);
      const answers = found.flatMap((each) => Object.entries(each.answers).filter(isSuccess));
      return {
        ...operation,
        parameters: parametersOf(found),
        body: bodyOf(found, bodyBytesMax),
        answers: [...new Set(answers.flatMap(([, content]) => Object.keys(content)))],
      };
    });
  const [forgotten] = described.keys();
  if (forgotten !== undefined) throw new TypeError(`the catalogue has no entry for ${forgotten}`);
  return operations;
};

/** The catalogue that stands in a provider's folder: `native/operations.json`, and the documents it is joined to. */
export const readOperations = (folder: URL, documents: readonly string[]): readonly NativeOperation[] =>
  joinOperations(
    readJson(new URL('native/operations.json', folder)),
    documents.map((file) => readJson(new URL(`document/${file}`, folder))),
  );
