import type { z } from 'zod';
import { Failure, type FieldFault } from '../../domain/failure/failure.ts';
import type { OperationEntry, RawInput } from './operation.ts';

const faultsOf = (where: string, error: z.ZodError): FieldFault[] =>
  error.issues.flatMap((issue) => {
    const path = where === 'query' ? issue.path.slice(0, 1) : issue.path;
    const base = [where, ...path.map(String)];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...base, key].join('.'), message: 'is not a field of this body' }));
    }
    return [{ path: base.join('.'), message: issue.message }];
  });

/** Rejects unknown names first, so that no schema sees them. */
const knownOnly = (schema: z.ZodObject, query: ReadonlyMap<string, readonly string[]>) => {
  const names = Object.keys(schema.shape);
  const faults: FieldFault[] = [];
  const known: Record<string, readonly string[]> = {};
  for (const [name, values] of query) {
    if (names.includes(name)) known[name] = values;
    else {
      const expected = names.length === 0 ? 'this operation takes none' : `known are ${names.join(', ')}`;
      faults.push({ path: `query.${name.slice(0, 80)}`, message: `is not a parameter of this operation; ${expected}` });
    }
  }
  return { known, faults };
};

/** Throws a Failure that names every invalid field. */
export const readInput = <Query extends z.ZodObject, Params extends z.ZodObject, Body extends z.ZodType>(
  entry: OperationEntry<Query, Params, Body>,
  raw: Pick<RawInput, 'query' | 'params' | 'body'>,
) => {
  const { known, faults } = knownOnly(entry.query, raw.query);
  const query = entry.query.safeParse(known);
  const params = entry.params.safeParse(raw.params);
  const body = entry.body.safeParse(raw.body);
  if (!query.success) faults.push(...faultsOf('query', query.error));
  if (!params.success) faults.push(...faultsOf('path', params.error));
  if (!body.success) faults.push(...faultsOf('body', body.error));
  if (faults.length > 0 || !query.success || !params.success || !body.success) {
    throw new Failure('invalid-request', { public: 'The request is not valid: see errors.', errors: faults });
  }
  return { query: query.data, params: params.data, body: body.data };
};
