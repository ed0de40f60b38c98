import fc from 'fast-check';
import type { Contract } from '../openapi/contract.ts';
import type { Parameter, ParsedOperation } from '../openapi/parsed-document.ts';
import { bodyFor, valueFor } from './values.ts';

/** A request whose cursors and ids are still to be filled in from earlier answers. */
export interface Draft {
  readonly method: string;
  readonly path: string;
  /** Name and value, percent-encoded. */
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Stands where an earlier answer has said something: `harvested:cursor:4`. */
export const harvested = (what: 'cursor' | 'id') => fc.nat(31).map((index) => `harvested-${what}-${index}`);

/** What the gateway knows, by the name of the parameter; anything else a schema lets through is a 400 at best. */
const known: Readonly<Record<string, fc.Arbitrary<string>>> = {
  provider: fc.constantFrom('toy', 'bare'),
  connection: fc.constantFrom('toy', 'bare'),
  groupBy: fc.constantFrom(
    'provider',
    'connection',
    'account',
    'service',
    'region',
    'category',
    'resource',
    'cloud',
    'tag:env',
  ),
  account: fc.constantFrom('a1', 'a2', 'null()', 'nowhere'),
  service: fc.constantFrom('search', 'storage', '__proto__', 'a,b', 'null', 'null()'),
  region: fc.constantFrom('eu', 'us', 'null()'),
  category: fc.constantFrom('Usage', 'Credit', 'null()'),
  tag: fc.constantFrom('env=prod', 'env=dev', 'team=x', 'none=null()'),
  currency: fc.constantFrom('USD', 'EUR', 'JPY'),
  cursor: harvested('cursor'),
  'If-None-Match': fc.constantFrom('*', '"a", *', 'W/"a"', '"dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"'),
  'Cache-Control': fc.constantFrom('no-cache', 'max-age=0, no-cache', 'no-store'),
};
const rare = new Set(['cursor', 'strict', 'currency']);

/** Mostly of something that there is. */
const inPath = fc.oneof(
  { weight: 8, arbitrary: harvested('id') },
  { weight: 1, arbitrary: fc.constantFrom('toy', 'toy:none', 'bare:none', 'none', 'service') },
);

const oneOf = ({ name, schema }: Parameter): fc.Arbitrary<string> => {
  const fromSchema = valueFor(schema);
  const own = known[name];
  return own === undefined
    ? fromSchema
    : fc.oneof({ weight: 12, arbitrary: own }, { weight: 1, arbitrary: fromSchema });
};

const queryOf = (parameter: Parameter): fc.Arbitrary<readonly (readonly [string, string])[]> => {
  const { name, schema, explode } = parameter;
  const items = schema.type === 'array' ? schema.items : null;
  const one = oneOf({ ...parameter, schema: typeof items === 'object' && items !== null ? { ...items } : schema });
  const encoded = one.map(encodeURIComponent);
  if (items === null) return encoded.map((value) => [[name, value]]);
  const several = fc.array(encoded, { minLength: 1, maxLength: 3 });
  return explode === false
    ? several.map((values) => [[name, values.join(',')]])
    : several.map((values) => values.map((value) => [name, value] as const));
};

const sometimes = <Value>(arbitrary: fc.Arbitrary<Value>, outOf: number, fallback: Value): fc.Arbitrary<Value> =>
  fc.oneof({ weight: outOf - 1, arbitrary: fc.constant(fallback) }, { weight: 1, arbitrary });

const none: readonly (readonly [string, string])[] = [];

const accepted = (operation: ParsedOperation): fc.Arbitrary<Record<string, string>> => {
  const types = Object.keys(operation.responses[200]?.content ?? {}).filter((type) => !type.includes('problem'));
  if (types.length === 0) return fc.constant({});
  return sometimes<Record<string, string>>(
    fc.constantFrom(...types).map((type) => ({ accept: type })),
    4,
    {},
  );
};

const headersOf = (operation: ParsedOperation): fc.Arbitrary<Record<string, string>> => {
  const own = operation.parameters.filter((parameter) => parameter.in === 'header');
  const drafted = own.map((parameter) =>
    sometimes<Record<string, string>>(
      oneOf(parameter).map((value) => ({ [parameter.name.toLowerCase()]: value })),
      8,
      {},
    ),
  );
  const coding = sometimes<Record<string, string>>(
    fc.constantFrom('br', 'gzip', 'gzip;q=0.5, *;q=0').map((value) => ({ 'accept-encoding': value })),
    6,
    {},
  );
  return fc.tuple(accepted(operation), coding, ...drafted).map((parts) => Object.assign({}, ...parts));
};

/** A request that the document allows, as far as a schema can say so. */
export const wellMeant = (operation: ParsedOperation, contract: Contract): fc.Arbitrary<Draft> => {
  const queries = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => sometimes(queryOf(parameter), rare.has(parameter.name) ? 10 : 4, none));
  const ids = operation.parameters.filter((parameter) => parameter.in === 'path').map(() => inPath);
  const schema = operation.requestBody?.content['application/json']?.schema;
  const body = schema === undefined ? fc.constant(null) : bodyFor(schema, contract.schemas);
  return fc
    .record({ queries: fc.tuple(...queries), ids: fc.tuple(...ids), headers: headersOf(operation), body })
    .map(({ queries: parts, ids: values, headers, body: text }) => {
      const left = [...values];
      return {
        method: operation.method,
        path: operation.path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? '')),
        query: parts.flat(),
        headers: { ...headers, ...(text === null ? {} : { 'content-type': 'application/json' }) },
        body: text,
      };
    });
};
