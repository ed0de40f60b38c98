import type { VendorRequest } from '../../contract/request.ts';

const percentEncode = (text: string): string => encodeURIComponent(text.toWellFormed());
const percentEncodePairs = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');

/** Printable ASCII without `?`, `#` and `\`: they begin a query or a fragment, or count as a slash on some servers. */
const pathPattern = /^\/[!"$->@-[\]-~]*$/;
const hasDotSegment = (path: string): boolean => path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));

export interface Target {
  readonly origin: string;
  /** Path and query, as sent in the request line. */
  readonly path: string;
}

/** Where a request is sent. Throws TypeError for a path that could lead outside its base URL. */
export const targetOf = (request: VendorRequest, origins: Readonly<Record<string, string>>): Target => {
  const base = origins[request.origin ?? 'api'];
  if (base === undefined) throw new TypeError(`${request.operation}: the connector has no origin "${request.origin}"`);
  if (!pathPattern.test(request.path) || hasDotSegment(request.path))
    throw new TypeError(`${request.operation}: the path is not one of plain, encoded segments`);
  const url = new URL(base);
  const query = percentEncodePairs(request.query ?? []);
  const path = `${url.pathname.replace(/\/+$/, '')}${request.path}`;
  return { origin: url.origin, path: query === '' ? path : `${path}?${query}` };
};

export interface Payload {
  readonly body: string | Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

export const payloadOf = (request: VendorRequest): Payload => {
  if (request.json !== undefined)
    return { body: JSON.stringify(request.json), headers: { 'content-type': 'application/json' } };
  if (request.form !== undefined)
    return {
      body: percentEncodePairs(request.form),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
  if (request.payload !== undefined)
    return { body: request.payload.bytes, headers: { 'content-type': request.payload.contentType } };
  return { body: null, headers: {} };
};
