/**
 * Every kind of failure of the gateway or a vendor, as one closed list.
 * `problem.ts` gives each its status, title and page.
 */
export const failureKinds = [
  // Faults of the caller
  'invalid-request',
  'unauthenticated',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'not-acceptable',
  'conflict',
  'cursor-expired',
  'payload-too-large',
  'unsupported-media-type',
  'capability-unsupported',
  'conversion-unavailable',
  'question-too-large',
  'idempotency-conflict',
  'idempotency-mismatch',
  'rate-limited',
  'headers-too-large',
  'request-timeout',
  // State of the gateway
  'internal',
  'not-ready',
  'overloaded',
  'deadline-exceeded',
  'idempotency-unavailable',
  'storage-unavailable',
  'outcome-unknown',
  // Faults of a vendor
  'vendor-unavailable',
  'vendor-timeout',
  'vendor-throttled',
  'quota-exhausted',
  'circuit-open',
  'vendor-rejected',
  'vendor-not-found',
  'vendor-redirected',
  'vendor-malformed',
  'vendor-too-large',
  'vendor-incomplete',
  'credentials-rejected',
  'permission-missing',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface FieldFault {
  /** Where the fault is, such as `query.start` or `body.limit.amount`. */
  readonly path: string;
  readonly message: string;
}

export interface FailureDetails {
  /** The only text that may reach a response. It contains no secret and no unchecked vendor text. */
  readonly public: string;
  /** For the log: what an operator needs beyond the public text. It contains no secret. */
  readonly internal?: string;
  readonly retryAfterMs?: number;
  readonly errors?: readonly FieldFault[];
  readonly cause?: unknown;
  /**
   * For a write: `never` when it certainly had no effect. Absent, the outcome is unknown unless the kind says that
   * the vendor refused it.
   */
  readonly effect?: 'never';
  /** What a vendor's throttle applies to; absent means the whole connection. */
  readonly pauses?: 'connection' | 'operation';
  /** For the upstream chain only. `never`: a retry would fail in the same way. */
  readonly retry?: 'never';
  /** For the upstream chain only. `token-endpoint`: the token request failed, so the called origin is not at fault. */
  readonly source?: 'token-endpoint';
  /** Where no answer came: the code of the error of Node or undici, such as `ENOTFOUND`. For who examines a connection. */
  readonly transport?: string;
}

export class Failure extends Error {
  readonly kind: FailureKind;
  readonly details: FailureDetails;

  constructor(kind: FailureKind, details: FailureDetails) {
    super(details.internal ?? details.public, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'Failure';
    this.kind = kind;
    this.details = details;
  }
}

export const invalid = (path: string, message: string): Failure =>
  new Failure('invalid-request', { public: 'The request is not valid.', errors: [{ path, message }] });

/** Anything thrown as a Failure; what is not one already becomes an `internal` one. */
export const asFailure = (thrown: unknown): Failure =>
  thrown instanceof Failure
    ? thrown
    : new Failure('internal', {
        public: 'The gateway failed to answer. The operator finds the cause in the log under the request id.',
        internal: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'a value that is no error was thrown',
        cause: thrown,
      });
