import { Failure, type FailureKind } from '../../domain/failure/failure.ts';
import { StorageFailed } from '../../store/storage-failed.ts';
import type { Outcome, StoredFailure } from './entry.ts';
import type { WriteResult } from './write-result.ts';

/** Permanent refusals: the vendor would refuse the same write again. */
const permanentRefusals: ReadonlySet<FailureKind> = new Set([
  'vendor-rejected',
  'permission-missing',
  'credentials-rejected',
  'vendor-not-found',
  'capability-unsupported',
  'invalid-request',
  'not-found',
  'conflict',
]);

/** Temporary refusals, before the write had any effect. */
const temporaryRefusals: ReadonlySet<FailureKind> = new Set([
  'vendor-throttled',
  'quota-exhausted',
  'circuit-open',
  'overloaded',
  'rate-limited',
  'idempotency-unavailable',
  'storage-unavailable',
]);

/**
 * What a failed send means. `refused` is permanent and `turned-away` temporary, both without an effect. After
 * `unknown` the outcome has to be looked up.
 */
export const meaningOf = ({ kind, details }: Failure): 'refused' | 'turned-away' | 'unknown' => {
  if (temporaryRefusals.has(kind)) return 'turned-away';
  if (permanentRefusals.has(kind)) return 'refused';
  return details.effect === 'never' ? 'turned-away' : 'unknown';
};

/** The failure, marked as one without effect. */
export const withoutEffect = (failure: Failure): Failure =>
  new Failure(failure.kind, { ...failure.details, effect: 'never' });

export const storedFailure = ({ kind, details }: Failure): StoredFailure => ({
  kind,
  public: details.public,
  ...(details.errors === undefined ? {} : { errors: details.errors.map((error) => ({ ...error })) }),
});

/** Returns the stored result, or throws the stored failure. */
export const repeatOutcome = (outcome: Outcome): WriteResult => {
  if ('result' in outcome) return outcome.result;
  const { kind, errors, ...details } = outcome.failure;
  throw new Failure(kind, { ...details, ...(errors === undefined ? {} : { errors }) });
};

const retryLaterMs = 5_000;

export const outcomeUnknown = (id: string): Failure =>
  new Failure('outcome-unknown', {
    public: `The write was sent, but it is not known yet whether it was done. The gateway does not send it again; it keeps checking, as operation ${id}. Repeat the request with the same Idempotency-Key to get the outcome once it is known.`,
  });

export const stillRunning = (): Failure =>
  new Failure('idempotency-conflict', {
    public: 'A request with this Idempotency-Key is still running. Repeat it a little later to get its answer.',
    retryAfterMs: 1_000,
    effect: 'never',
  });

export const stillUnknown = (id: string): Failure =>
  new Failure('idempotency-conflict', {
    public: `The outcome of the first request with this Idempotency-Key is not known yet; the gateway keeps checking, as operation ${id}. Nothing was sent again.`,
    retryAfterMs: retryLaterMs,
    effect: 'never',
  });

export const equalUnderWay = (other: string): Failure =>
  new Failure('conflict', {
    public: `An equal write is still running, or its outcome is not known yet: operation ${other}. Read the list before you repeat it.`,
    retryAfterMs: retryLaterMs,
    effect: 'never',
  });

/** `cause`: what the store threw, if it was asked. */
export const unprotected = (cause?: unknown): Failure => {
  const details = { retryAfterMs: retryLaterMs, effect: 'never', ...(cause === undefined ? {} : { cause }) } as const;
  return cause instanceof StorageFailed
    ? new Failure('storage-unavailable', {
        ...details,
        public: 'The storage of the gateway cannot record this write at the moment. Nothing was sent.',
      })
    : new Failure('idempotency-unavailable', {
        ...details,
        public: 'The store that keeps this write from being done twice cannot be reached. Nothing was sent.',
      });
};

/** For a write that the vendor still does not show, long enough after it was sent. */
export const notDone = (seconds: number): Failure =>
  new Failure('vendor-unavailable', {
    public: `The vendor never answered this write, and ${seconds} seconds later its effect was not visible, so it counts as not done. It is never sent again under the same Idempotency-Key; use another key to try again.`,
  });
