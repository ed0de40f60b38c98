/**
 * Every way in which the gateway or a vendor can fail, as one closed list.
 * `problem.ts` gives each its status, title and page.
 */
export const failureKinds = [
  // a caller's fault
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
  'idempotency-conflict',
  'idempotency-mismatch',
  'rate-limited',
  'headers-too-large',
  'request-timeout',
  // the gateway's own state
  'internal',
  'not-ready',
  'overloaded',
  'deadline-exceeded',
  'idempotency-unavailable',
  'outcome-unknown',
  // a vendor's
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
  /** The only sentence that may reach a response. It names no secret and quotes no vendor text unchecked. */
  readonly public: string;
  /** For the log: what an operator needs beyond the public sentence. No secret either. */
  readonly internal?: string;
  readonly retryAfterMs?: number;
  readonly errors?: readonly FieldFault[];
  readonly cause?: unknown;
  /**
   * For a write: `never` when it certainly did not reach the vendor or was refused before it took effect;
   * absent, its outcome is unknown unless the kind says that the vendor refused it.
   */
  readonly effect?: 'never';
  /** How far a vendor's throttle reaches; absent means the whole connection. */
  readonly pauses?: 'connection' | 'operation';
  /** For the upstream chain alone. `never`: another attempt would fail in the same way. */
  readonly retry?: 'never';
  /** For the upstream chain alone. `token-endpoint`: no token was given, so the origin that was called is not to blame. */
  readonly source?: 'token-endpoint';
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

/** Anything thrown, as a Failure: what is not one already is a fault of the gateway. */
export const asFailure = (thrown: unknown): Failure =>
  thrown instanceof Failure
    ? thrown
    : new Failure('internal', {
        public: 'The gateway failed to answer. The request id leads to the cause in its log.',
        internal: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'a value that is no error was thrown',
        cause: thrown,
      });
