import { createHash } from 'node:crypto';
import { Failure, type FieldFault, invalid } from '../../domain/failure/failure.ts';
import type { NativeOperation } from '../../vendor/contract/contract.ts';
import type { VendorRequest } from '../../vendor/contract/request.ts';
import type { Matched } from './match.ts';

/** What a caller sends beside the path. */
export interface NativeInput {
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly contentType: string | null;
  readonly body: Uint8Array | null;
}

const mebibyte = 1024 * 1024;
const bodyBytesDefault = mebibyte;
/** What a route that forwards bodies has to read at most. */
export const bodyBytesMax = 8 * mebibyte;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const queryFaults = ({ parameters }: NativeOperation, query: NativeInput['query']): FieldFault[] => {
  const known = parameters.filter((each) => each.in === 'query');
  const names = known.map(({ name }) => name);
  const expected = names.length === 0 ? 'it takes none' : `known are ${names.join(', ')}`;
  const unknown = [...query.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: `query.${name.slice(0, 80)}`,
      message: `is not a parameter of this operation; ${expected}`,
    }));
  const missing = known
    .filter(({ name, required }) => required && !query.has(name))
    .map(({ name }) => ({ path: `query.${name}`, message: 'is required by the vendor' }));
  const unreadable = known
    .filter(({ name, json }) => json && (query.get(name) ?? []).some((text) => !isJson(text)))
    .map(({ name }) => ({ path: `query.${name}`, message: 'must be the text of a JSON value' }));
  return [...unknown, ...missing, ...unreadable];
};

const printable = /^[ -~]+$/;
const mediaTypeOf = (contentType: string): string => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();

const payloadOf = ({ body: taken }: NativeOperation, input: NativeInput): VendorRequest['payload'] => {
  const { body, contentType } = input;
  if (body === null || body.length === 0) {
    if (taken?.required === true) throw invalid('body', `is required; the vendor takes ${typesOf(taken)}`);
    return undefined;
  }
  if (taken === null) throw invalid('body', 'this operation takes no body');
  const bytesMax = taken.bytesMax ?? bodyBytesDefault;
  if (body.length > bytesMax)
    throw new Failure('payload-too-large', {
      public: `The body has ${body.length} bytes; this operation takes ${bytesMax} at most.`,
    });
  if (contentType === null || !printable.test(contentType) || !Object.hasOwn(taken.content, mediaTypeOf(contentType)))
    throw new Failure('unsupported-media-type', {
      public: `A body must be sent with one Content-Type; the vendor takes ${typesOf(taken)}.`,
    });
  return { contentType, bytes: body };
};
const typesOf = (body: NonNullable<NativeOperation['body']>): string => Object.keys(body.content).join(', ');

/** The request that reaches the vendor. Throws for what its document does not have. */
export const vendorRequestOf = ({ operation, path }: Matched, input: NativeInput): VendorRequest => {
  const errors = queryFaults(operation, input.query);
  if (errors.length > 0)
    throw new Failure('invalid-request', { public: 'The request is not valid: see errors.', errors });
  const payload = payloadOf(operation, input);
  return {
    operation: operation.operation ?? operation.id,
    method: operation.method,
    path,
    query: [...input.query].flatMap(([name, values]) => values.map((value) => [name, value] as const)),
    effect: operation.effect,
    answer: 'any',
    ...(operation.origin === undefined ? {} : { origin: operation.origin }),
    ...(operation.quota === undefined ? {} : { quota: operation.quota }),
    ...(operation.timeoutMs === undefined ? {} : { timeoutMs: operation.timeoutMs }),
    ...(payload === undefined ? {} : { payload }),
  };
};

/** Equal for requests that mean the same. */
export const digestOf = ({ operation, method, path, query, payload }: VendorRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([operation, method, path, query, payload?.contentType ?? null]))
    .update(payload?.bytes ?? new Uint8Array())
    .digest('base64url');
