import { Failure } from '../../../domain/failure/failure.ts';

const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|EPROTO$)/;

const timeoutCodes: readonly string[] = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];
/** The request itself is invalid; it was not sent. */
const requestFaultCodes: readonly string[] = [
  'UND_ERR_INVALID_ARG',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_NOT_SUPPORTED',
];
const shutdownCodes: readonly string[] = ['UND_ERR_DESTROYED', 'UND_ERR_CLOSED'];

const transportCodeOf = (thrown: unknown): string => {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string')
    return thrown.code;
  return thrown instanceof Error ? thrown.name : 'unknown';
};

/** The failure for an error of undici or Node. Only the error's code is kept: its text may quote what was sent. */
export const transportFailure = (thrown: unknown, operation: string): Failure => {
  if (thrown instanceof Failure) return thrown;
  const code = transportCodeOf(thrown);
  const internal = `${operation}: ${code}`;
  if (shutdownCodes.includes(code))
    return new Failure('not-ready', { public: 'The gateway is shutting down.', internal });
  if (requestFaultCodes.includes(code)) {
    return new Failure('internal', {
      public: 'The gateway built a request that cannot be sent. The request id leads to the cause in its log.',
      internal,
    });
  }
  if (tlsCode.test(code)) {
    return new Failure('vendor-unavailable', {
      public: 'No trusted connection to the vendor: its certificate or its TLS settings were not accepted.',
      internal,
      retry: 'never',
      transport: code,
    });
  }
  if (timeoutCodes.includes(code))
    return new Failure('vendor-timeout', { public: 'The vendor did not answer in time.', internal, transport: code });
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return new Failure('vendor-malformed', { public: "The headers of the vendor's answer are too long.", internal });
  return new Failure('vendor-unavailable', {
    public: 'The vendor could not be reached, or the connection was closed before its answer was complete.',
    internal,
    transport: code,
  });
};
