import {
  documentSchema,
  type Operation,
  type Parameter,
  type VendorDocument,
} from '../../src/vendor/document/document.ts';
import type { Described } from './described.ts';
import { type Check, createCompiler } from './validator.ts';

/** A vendor's documents of one dialect, ready to be asked. */
export interface Dialect {
  readonly name: string;
  find(method: string, path: string): Found | null;
  /** The same operation as its document has it. */
  describe(method: string, path: string): { readonly document: VendorDocument; readonly operation: Operation } | null;
}

export interface Found {
  readonly operation: CompiledOperation;
  /** The decoded values of the path's parameters. */
  readonly values: Readonly<Record<string, string>>;
}

export interface CompiledOperation {
  readonly id: string;
  readonly parameters: readonly CompiledParameter[];
  readonly headers: ReadonlySet<string>;
  /** The schemes that the Authorization header may have; null where the operation takes none. */
  readonly authorization: readonly string[] | null;
  readonly body: { readonly required: boolean; readonly content: ReadonlyMap<string, Check> } | null;
  /** By status; an empty map says nothing of the body. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Check>>;
}

export interface CompiledParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  /** Given all values of the name, in their order. */
  readonly check: (values: readonly string[]) => ReturnType<Check>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The types that the schema of a parameter allows at its top. */
const typesOf = (schema: Record<string, unknown>, document: VendorDocument): ReadonlySet<string> => {
  const found = new Set<string>(schema.type === undefined ? [] : [schema.type].flat().map(String));
  for (const branch of [schema.anyOf, schema.oneOf].flat()) {
    if (isRecord(branch)) for (const type of typesOf(branch, document)) found.add(type);
  }
  const name = /^#\/schemas\/(.+)$/.exec(String(schema.$ref ?? ''))?.[1];
  const shared = name === undefined ? undefined : document.schemas[name];
  if (shared !== undefined) for (const type of typesOf(shared, document)) found.add(type);
  return found;
};

/** The value that the text of a parameter stands for. A text where a number is expected stays one, and violates. */
const readValue = (text: string, types: ReadonlySet<string>): unknown => {
  if ((types.has('number') || types.has('integer')) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
};

const compileParameter = (
  parameter: Parameter,
  document: VendorDocument,
  compile: (schema: unknown) => Check,
): CompiledParameter => {
  const { name, required, json, schema } = parameter;
  const base = { name, in: parameter.in, required };
  const repeated = [{ at: '', rule: 'parameter', expected: 'once', found: 'several times' }] as const;
  if (json !== undefined) {
    const check = compile(json);
    return {
      ...base,
      check: ([text = '', ...more]) => {
        if (more.length > 0) return repeated;
        try {
          return check(JSON.parse(text));
        } catch {
          return [{ at: '', rule: 'type', expected: 'JSON', found: text.slice(0, 80) }];
        }
      },
    };
  }
  const types = typesOf(schema, document);
  const check = compile(schema);
  if (types.has('array')) return { ...base, check: (values) => check(values) };
  return { ...base, check: ([text = '', ...more]) => (more.length > 0 ? repeated : check(readValue(text, types))) };
};

const compileOperation = (operation: Operation, document: VendorDocument): CompiledOperation => {
  const compile = createCompiler(document.schemas);
  const contentOf = (content: Readonly<Record<string, unknown>>) =>
    new Map(Object.entries(content).map(([type, schema]) => [type, compile(schema)]));
  const answers = Object.entries({ ...document.answers, ...operation.answers });
  return {
    id: operation.id,
    parameters: operation.parameters.map((each) => compileParameter(each, document, compile)),
    headers: new Set(operation.headers),
    authorization: operation.authorised ? document.authorization : null,
    body:
      operation.body === undefined
        ? null
        : { required: operation.body.required, content: contentOf(operation.body.content) },
    answers: new Map(answers.map(([status, content]) => [status, contentOf(content)])),
  };
};

const segmentsOf = (path: string): readonly string[] => path.split('/').slice(1);
const nameOf = (segment: string): string | null => /^\{(.+)\}$/.exec(segment)?.[1] ?? null;

const valuesOf = (template: readonly string[], segments: readonly string[]): Record<string, string> | null => {
  if (template.length !== segments.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    const name = nameOf(part);
    if (name === null ? part !== segment : segment === '') return null;
    if (name !== null) values[name] = decodeURIComponent(segment);
  }
  return values;
};

/** Where several templates fit, the one with fewer parameters is meant. */
const bySpecificity = (left: Operation, right: Operation): number =>
  left.path.split('{').length - right.path.split('{').length;

const openDialect = (name: string, documents: readonly VendorDocument[]): Dialect => {
  const entries = documents.flatMap((document) =>
    document.operations
      .toSorted(bySpecificity)
      .map((operation) => ({ document, operation, template: segmentsOf(operation.path) })),
  );
  const compiled = new Map<string, CompiledOperation>();
  const locate = (method: string, path: string) => {
    const segments = segmentsOf(path);
    for (const entry of entries) {
      const values = entry.operation.method === method ? valuesOf(entry.template, segments) : null;
      if (values !== null) return { ...entry, values };
    }
    return null;
  };
  return {
    name,
    describe: locate,
    find: (method, path) => {
      const located = locate(method, path);
      if (located === null) return null;
      const { document, operation, values } = located;
      const ready = compiled.get(operation.id) ?? compileOperation(operation, document);
      compiled.set(operation.id, ready);
      return { operation: ready, values };
    },
  };
};

/** Reads the documents; operations are compiled when they are first met. */
export const openDialects = ({ documents }: Described): readonly Dialect[] =>
  [...new Set(documents.map((each) => each.dialect))].map((name) =>
    openDialect(
      name,
      documents.filter((each) => each.dialect === name).map(({ read }) => documentSchema.parse(read())),
    ),
  );
