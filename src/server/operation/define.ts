import { z } from 'zod';
import type { Services } from '../../app/services-type.ts';
import type { Consumer } from '../../domain/consumer.ts';
import { Failure, type FailureKind, type FieldFault } from '../../domain/failure/failure.ts';

/**
 * Contract 2: what a route says about itself. The router, the OpenAPI document, the authorisation and the
 * tests all read this one object; a route file reads like its entry in the document.
 */
export type Scope = 'read' | 'write' | 'native:read' | 'native:write' | 'admin';

export interface OperationInput<Query, Params, Body> {
  readonly query: Query;
  readonly params: Params;
  readonly body: Body;
  readonly consumer: Consumer;
  readonly services: Services;
  /** The media type to answer in, out of those the operation offers. */
  readonly accept: string;
  /** `Cache-Control: no-cache` was sent. */
  readonly noCache: boolean;
  /** Aborted when the caller leaves. */
  readonly signal: AbortSignal;
  /** What is left for this request, as a value of `clock.monotonic()`. */
  readonly deadline: number;
}

/** What a handler gives back; the mount turns it into bytes. */
export interface OperationAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless `text` or `lines` is there. */
  readonly json?: unknown;
  readonly text?: string;
  /** Sent as they come, for long lists. */
  readonly lines?: Iterable<string> | AsyncIterable<string>;
  readonly contentType?: string;
}

export interface DocumentedAnswer {
  readonly description: string;
  /** Absent for answers without a JSON body. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  /** Media types beside JSON, such as `text/csv`. */
  readonly alsoAs?: readonly string[];
}

export interface OperationDefinition<Query extends z.ZodObject, Params extends z.ZodObject, Body extends z.ZodType> {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for parameters: `/v1/budgets/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** The scope a consumer needs; `null` for what is open to everybody. */
  readonly scope: Scope | null;
  /** Every value of the query string arrives as a list of texts: see `parameters.ts`. */
  readonly query: Query;
  readonly params: Params;
  readonly body: Body;
  readonly answers: Readonly<Record<number, DocumentedAnswer>>;
  /** Which problems it can answer with, beyond those that every operation can. */
  readonly problems: readonly FailureKind[];
  readonly handle: (
    input: OperationInput<z.output<Query>, z.output<Params>, z.output<Body>>,
  ) => Promise<OperationAnswer> | OperationAnswer;
}

export interface RawInput extends Omit<OperationInput<never, never, never>, 'query' | 'params' | 'body'> {
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An operation whose types are closed over. */
export interface Operation extends Omit<OperationDefinition<z.ZodObject, z.ZodObject, z.ZodType>, 'handle'> {
  /** Validates, then handles. Throws a Failure that names every faulty field. */
  readonly run: (raw: RawInput) => Promise<OperationAnswer>;
}

/** For operations without a query or without path parameters. */
export const none = z.strictObject({});
/** For operations that take no body. */
export const noBody = z.undefined();

const faultsOf = (where: string, error: z.ZodError): FieldFault[] =>
  error.issues.flatMap((issue) => {
    const path = where === 'query' ? issue.path.slice(0, 1) : issue.path;
    const base = [where, ...path.map(String)];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...base, key].join('.'), message: 'is not a field of this body' }));
    }
    return [{ path: base.join('.'), message: issue.message }];
  });

/** Unknown names first, so that nothing unexpected reaches a schema. */
const knownOnly = (schema: z.ZodObject, query: ReadonlyMap<string, readonly string[]>) => {
  const names = Object.keys(schema.shape);
  const faults: FieldFault[] = [];
  const known: Record<string, readonly string[]> = {};
  for (const [name, values] of query) {
    if (names.includes(name)) known[name] = values;
    else {
      const legal = names.length === 0 ? 'this operation takes none' : `known are ${names.join(', ')}`;
      faults.push({ path: `query.${name.slice(0, 80)}`, message: `is not a parameter of this operation; ${legal}` });
    }
  }
  return { known, faults };
};

export const defineOperation = <Query extends z.ZodObject, Params extends z.ZodObject, Body extends z.ZodType>(
  definition: OperationDefinition<Query, Params, Body>,
): Operation => ({
  ...definition,
  run: async (raw) => {
    const { known, faults } = knownOnly(definition.query, raw.query);
    const query = definition.query.safeParse(known);
    const params = definition.params.safeParse(raw.params);
    const body = definition.body.safeParse(raw.body);
    if (!query.success) faults.push(...faultsOf('query', query.error));
    if (!params.success) faults.push(...faultsOf('path', params.error));
    if (!body.success) faults.push(...faultsOf('body', body.error));
    if (faults.length > 0 || !query.success || !params.success || !body.success) {
      throw new Failure('invalid-request', { public: 'The request is not valid: see errors.', errors: faults });
    }
    return definition.handle({ ...raw, query: query.data, params: params.data, body: body.data });
  },
});
