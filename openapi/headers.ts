import type { OperationEntry } from '../src/server/operation/operation.ts';
import { deadlineMsMax } from '../src/server/operation/request-conditions.ts';
import type { JsonObject } from './json.ts';

/** The headers of requests and answers. */

export const headerParameters = {
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    required: false,
    description: 'An id of yours for this request. It comes back in the answer and stands in the log.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,128}$' },
    example: 'nightly-report-17',
  },
  Deadline: {
    name: 'X-Deadline-Ms',
    in: 'header',
    required: false,
    description: 'How many milliseconds the answer may take, where that is less than the gateway allows by itself.',
    schema: { type: 'integer', minimum: 1, maximum: deadlineMsMax },
    example: 5000,
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description:
      'The `ETag` of the answer that you hold, or several with commas between. If it still holds, the answer is a 304 without a body.',
    schema: { type: 'string' },
    example: '"dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"',
  },
  CacheControl: {
    name: 'Cache-Control',
    in: 'header',
    required: false,
    description: '`no-cache` asks for data as fresh as the quotas of the vendors allow.',
    schema: { type: 'string' },
    example: 'no-cache',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Names this request, so that repeating it does nothing twice and gives the first answer again. Visible ASCII without quotation marks.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!#-~]{1,255}$' },
    example: '5f0c7a52-6c8e-4a5e-9d43-7e1b8a2f9c10',
  },
} as const satisfies Record<string, JsonObject>;
type HeaderParameter = keyof typeof headerParameters;

export const headers = {
  'X-Request-Id': {
    description: 'The id under which the log of the gateway knows this request; the one that was sent, if well-formed.',
    required: true,
    schema: { type: 'string' },
    example: '99e21065-a8be-4689-82db-168e14c7bf07',
  },
  ETag: {
    description: 'Names these bytes; strong, and one for each content coding. Lines (NDJSON, CSV) have none.',
    schema: { type: 'string', pattern: '^"[^"]*"$' },
    example: '"dGhlIGRpZ2VzdCBvZiB0aGlzIGJvZHk"',
  },
  'Cache-Control': {
    description:
      'How long the answer may be kept, by the caller alone: `private, max-age=…, stale-while-revalidate=…`, short for one that is not complete; `no-store` for problems, writes and what tells the present state.',
    required: true,
    schema: { type: 'string' },
    example: 'private, max-age=60, stale-while-revalidate=600',
  },
  'Cache-Status': {
    description:
      'Where the answer came from (RFC 9211): `hit` for one that was kept, with the seconds left in `ttl`; `fwd=miss` for one made now, `fwd=stale` where older figures stand in, `fwd=request` where you asked for none that was kept; `collapsed` where you shared it with others.',
    schema: { type: 'string', pattern: '^cost-gateway; ' },
    example: 'cost-gateway; hit; ttl=4',
  },
  Age: {
    description: 'Seconds since the answer was made, or since the oldest of the figures that stand in were read.',
    schema: { type: 'integer', minimum: 0 },
    example: 0,
  },
  Vary: {
    description: 'The request headers on which the answer depends.',
    schema: { type: 'string' },
    example: 'Accept, Accept-Encoding, Authorization, X-Api-Key',
  },
  RateLimit: {
    description: 'What is left of your limit (`r`) and in how many seconds some of it comes back (`t`).',
    schema: { type: 'string', pattern: '^"default";r=\\d+;t=\\d+$' },
    example: '"default";r=599;t=60',
  },
  'RateLimit-Policy': {
    description: 'Your limit: `q` requests in `w` seconds.',
    schema: { type: 'string', pattern: '^"default";q=\\d+;w=\\d+$' },
    example: '"default";q=600;w=60',
  },
  'Retry-After': {
    description: 'Seconds to wait before the next attempt.',
    schema: { type: 'integer', minimum: 0 },
    example: 30,
  },
  'WWW-Authenticate': {
    description: 'How to authenticate.',
    required: true,
    schema: { type: 'string' },
    example: 'Bearer realm="cost-gateway"',
  },
  Location: {
    description: 'The path of what was made.',
    required: true,
    schema: { type: 'string', pattern: '^/' },
    example: '/v1/budgets/acme%3Ab-1',
  },
  Link: {
    description: 'With CSV, where there is one: the path of the next page, as `rel="next"`.',
    schema: { type: 'string' },
    example: '</v1/costs?limit=100&cursor=eyJ>; rel="next"',
  },
  'Cost-Gateway-Complete': {
    description: 'With CSV: what `meta.complete` says in JSON.',
    schema: { type: 'string', enum: ['true', 'false'] },
    example: 'true',
  },
  'Cost-Gateway-Missing': {
    description: 'With CSV that is not complete: the connections that are not fresh, with commas between.',
    schema: { type: 'string' },
    example: 'acme',
  },
} as const satisfies Record<string, JsonObject>;
type Header = keyof typeof headers;

/** Whether answers have an entity tag and may be cached. The gateway's own state may not. */
export const isKept = ({ method, scope }: OperationEntry): boolean =>
  method === 'GET' && scope !== null && scope !== 'admin';

const ofEverything: readonly Header[] = ['X-Request-Id', 'Cache-Control'];
const ofKept: readonly Header[] = ['ETag', 'Cache-Status', 'Age', 'Vary'];
const ofLimited: readonly Header[] = ['RateLimit', 'RateLimit-Policy'];
const ofCsv: readonly Header[] = ['Link', 'Cost-Gateway-Complete', 'Cost-Gateway-Missing'];

const references = (names: readonly Header[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const limits = ({ scope }: OperationEntry): readonly Header[] => (scope === null ? [] : ofLimited);

export const answerHeaders = (operation: OperationEntry, status: number, alsoAs: readonly string[] = []): JsonObject =>
  references([
    ...ofEverything,
    ...(isKept(operation) ? ofKept : []),
    ...limits(operation),
    ...(status === 201 || status === 202 ? (['Location'] as const) : []),
    ...(alsoAs.includes('text/csv') ? ofCsv : []),
  ]);

export const problemHeaders = (operation: OperationEntry, status: number): JsonObject =>
  references([
    ...ofEverything,
    ...limits(operation),
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
    ...(status === 429 || status === 503 ? (['Retry-After'] as const) : []),
  ]);

/** The request headers that an operation uses. */
export const headerParametersOf = (operation: OperationEntry): readonly HeaderParameter[] => [
  'RequestId',
  ...(operation.scope === null ? [] : (['Deadline'] as const)),
  ...(isKept(operation) ? (['IfNoneMatch', 'CacheControl'] as const) : []),
  ...(operation.problems.includes('idempotency-conflict') ? (['IdempotencyKey'] as const) : []),
];
