import type { Schema } from '../../../src/vendor/document/document.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const plain = new Set([
  'type',
  'enum',
  'pattern',
  'format',
  'required',
  'minimum',
  'maximum',
  'additionalProperties',
  '$ref',
]);
const single = new Set(['items', 'additionalProperties']);
const lists = new Set(['anyOf', 'oneOf', 'prefixItems']);
const maps = new Set(['properties', 'patternProperties']);
/** Sentences, examples and what only generators of code read. */
const dropped = new Set(['description', 'example', 'examples', 'title', 'default', 'deprecated']);

/** Where the schemas of a document are kept, and where ours are. */
const reference = (text: string): string => text.replace(/^#\/(components\/schemas|shared)\//, '#/schemas/');

/** Keeps the structure of a schema and drops its sentences; throws for a keyword that neither knows. */
export const structureOf = (schema: unknown): Schema => {
  if (!isRecord(schema)) throw new TypeError(`not a schema: ${JSON.stringify(schema)}`);
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
      if (dropped.has(keyword) || keyword.startsWith('x-')) return [];
      if (keyword === '$ref') return [[keyword, reference(String(value))]];
      if (single.has(keyword) && isRecord(value)) return [[keyword, structureOf(value)]];
      if (lists.has(keyword) && Array.isArray(value)) return [[keyword, value.map(structureOf)]];
      if (maps.has(keyword) && isRecord(value)) return [[keyword, structuresOf(value)]];
      if (plain.has(keyword)) return [[keyword, value]];
      throw new TypeError(`the keyword ${keyword} is not known here`);
    }),
  );
};

export const structuresOf = (schemas: Readonly<Record<string, unknown>>): Record<string, Schema> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, structureOf(schema)]));
