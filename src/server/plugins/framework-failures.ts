import { asFailure, Failure, type FailureKind } from '../../domain/failure/failure.ts';

interface Meaning {
  readonly kind: FailureKind;
  readonly sentence: string;
}

const byCode: Readonly<Record<string, Meaning>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { kind: 'payload-too-large', sentence: 'The body is larger than this operation reads.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    kind: 'unsupported-media-type',
    sentence: 'A body must be sent with one Content-Type, application/json.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    kind: 'invalid-request',
    sentence: 'The body is not as long as Content-Length says.',
  },
  FST_ERR_BAD_URL: { kind: 'invalid-request', sentence: 'The path is not percent-encoded UTF-8.' },
  FST_ERR_MAX_PARAM_LENGTH: { kind: 'not-found', sentence: 'No operation has a path of this length.' },
  HPE_HEADER_OVERFLOW: { kind: 'headers-too-large', sentence: 'The request line and headers are too large.' },
  ERR_HTTP_REQUEST_TIMEOUT: { kind: 'request-timeout', sentence: 'The request did not arrive in time.' },
};

const byStatus: Readonly<Record<number, FailureKind>> = {
  400: 'invalid-request',
  408: 'request-timeout',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  429: 'rate-limited',
  431: 'headers-too-large',
};

const fieldOf = (thrown: object, name: string): unknown => Reflect.get(thrown, name);

/** Maps what Fastify, Node or a plugin threw. Their own messages never reach a response. */
export const failureOf = (thrown: unknown): Failure => {
  if (thrown instanceof Failure || typeof thrown !== 'object' || thrown === null) return asFailure(thrown);
  const code = fieldOf(thrown, 'code');
  const known = typeof code === 'string' ? byCode[code] : undefined;
  if (known !== undefined) return new Failure(known.kind, { public: known.sentence, cause: thrown });
  const status = fieldOf(thrown, 'statusCode');
  const kind = typeof status === 'number' ? byStatus[status] : undefined;
  if (kind === undefined) return asFailure(thrown);
  return new Failure(kind, { public: 'The request could not be read.', cause: thrown });
};
