import type { Schema } from './document.ts';

/** Answers made from their schema, for documents without examples. */

export interface ExampleOptions {
  /**
   * `whole`: everything that the schema names. `bare`: only what it requires, and null where it allows null. `sparse`:
   * the same for what stands in lists and maps, in an answer that is otherwise whole.
   */
  readonly extent: 'bare' | 'sparse' | 'whole';
  /** The keys of objects whose keys are data, by the name of the member that holds them. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Values of members by their name, where a schema does not say enough; undefined leaves the member out. */
  readonly values?: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemaOf = (value: unknown): Schema => (isRecord(value) ? value : {});

/** Texts that between them fit every pattern of the documents. */
const texts = [
  'text',
  '2026-11-01T00:00:00+00:00',
  '12.5',
  '7',
  '2026-11',
  '2026-11-01',
  '1793491200000',
  '01-Nov-2026 10:00',
  'Nov-2026',
  'Nov 2026',
  'Nov 01, 2026',
];

const textOf = ({ pattern, format }: Schema): string => {
  if (format === 'date-time') return '2026-11-01T00:00:00Z';
  const fitting = texts.find((text) => pattern === undefined || new RegExp(String(pattern), 'u').test(text));
  if (fitting === undefined) throw new TypeError(`no text at hand fits ${String(pattern)}`);
  return fitting;
};

/** The last branch of a choice is the richest in these documents, the first the poorest. */
const branchOf = (branches: readonly unknown[], { extent }: ExampleOptions): Schema => {
  const rest = branches.map(schemaOf).filter((branch) => branch.type !== 'null');
  if (extent === 'bare') return schemaOf(rest.length < branches.length ? { type: 'null' } : rest[0]);
  return schemaOf(rest.at(-1));
};

const keyOf = (schema: Schema, name: string, { keys }: ExampleOptions): string => {
  const [pattern] = Object.keys(schemaOf(schema.patternProperties));
  const fitting = pattern === undefined ? 'name' : texts.find((text) => new RegExp(pattern, 'u').test(text));
  return keys?.[name] ?? fitting ?? 'resource/tag:name';
};

export const exampleOf = (
  schema: Schema,
  shared: Readonly<Record<string, Schema>>,
  options: ExampleOptions,
  name = '',
): unknown => {
  const inside = (each: unknown, member = name): unknown => exampleOf(schemaOf(each), shared, options, member);
  const items = options.extent === 'sparse' ? ({ ...options, extent: 'bare' } as const) : options;
  const element = (each: unknown): unknown => exampleOf(schemaOf(each), shared, items, name);
  const reference = /^#\/schemas\/(.+)$/.exec(String(schema.$ref ?? ''))?.[1];
  if (reference !== undefined) return inside(shared[reference]);
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) return inside(branchOf(branches, options));
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const types = [schema.type].flat();
  if (types.includes('null') && options.extent === 'bare') return null;
  switch (types[0]) {
    case 'array':
      return Array.isArray(schema.prefixItems) ? schema.prefixItems.map(element) : [element(schema.items)];
    case 'number':
      return 12.5;
    case 'integer':
      return 7;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
      return textOf(schema);
    default: {
      const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
      const unnamed = required.map((member) => [member, {}] as const);
      const named = Object.entries({ ...Object.fromEntries(unnamed), ...schemaOf(schema.properties) }).filter(
        ([member]) => options.extent !== 'bare' || required.includes(member),
      );
      const data = isRecord(schema.additionalProperties)
        ? schema.additionalProperties
        : Object.values(schemaOf(schema.patternProperties))[0];
      return Object.fromEntries([
        ...named.flatMap(([member, each]): [string, unknown][] => {
          if (!Object.hasOwn(options.values ?? {}, member)) return [[member, inside(each, member)]];
          const value = options.values?.[member];
          return value === undefined ? [] : [[member, value]];
        }),
        ...(data === undefined || options.extent === 'bare' ? [] : [[keyOf(schema, name, options), element(data)]]),
      ]);
    }
  }
};
