import { Failure, type FailureKind } from '../../domain/failure/failure.ts';
import type { Outcome, StoredFailure } from './entry.ts';
import type { WriteResult } from './write-result.ts';

/** The vendor has looked at the write and said no: the same write would be refused again. */
const refusals: ReadonlySet<FailureKind> = new Set([
  'vendor-rejected',
  'permission-missing',
  'credentials-rejected',
  'vendor-not-found',
  'capability-unsupported',
  'invalid-request',
  'not-found',
  'conflict',
]);

/** It was turned away before it could do anything, for a reason that passes. */
const refusalsThatPass: ReadonlySet<FailureKind> = new Set([
  'vendor-throttled',
  'quota-exhausted',
  'circuit-open',
  'overloaded',
  'rate-limited',
  'idempotency-unavailable',
]);

/**
 * What a failed send means: `refused` for good, `turned-away` for now, both without an effect;
 * or `unknown`, where only looking can tell.
 */
export const meaningOf = ({ kind, details }: Failure): 'refused' | 'turned-away' | 'unknown' => {
  if (refusalsThatPass.has(kind)) return 'turned-away';
  if (refusals.has(kind)) return 'refused';
  return details.effect === 'never' ? 'turned-away' : 'unknown';
};

/** The failure with the certainty that nothing was done. */
export const withoutEffect = (failure: Failure): Failure =>
  new Failure(failure.kind, { ...failure.details, effect: 'never' });

export const storedFailure = ({ kind, details }: Failure): StoredFailure => ({
  kind,
  public: details.public,
  ...(details.errors === undefined ? {} : { errors: details.errors.map((error) => ({ ...error })) }),
});

/** The same result or failure as the first time. */
export const repeatOutcome = (outcome: Outcome): WriteResult => {
  if ('result' in outcome) return outcome.result;
  const { kind, errors, ...said } = outcome.failure;
  throw new Failure(kind, { ...said, ...(errors === undefined ? {} : { errors }) });
};

const askAgainMs = 5_000;

export const outcomeUnknown = (id: string): Failure =>
  new Failure('outcome-unknown', {
    public: `The write was sent, but it is not known yet whether it was done. The gateway does not send it again; it goes on looking, as operation ${id}. The same request with the same Idempotency-Key tells the outcome once it is known.`,
  });

export const stillRunning = (): Failure =>
  new Failure('idempotency-conflict', {
    public: 'A request with this Idempotency-Key is still running. Repeat it a little later to be given its answer.',
    retryAfterMs: 1_000,
    effect: 'never',
  });

export const stillUnknown = (id: string): Failure =>
  new Failure('idempotency-conflict', {
    public: `The outcome of the first request with this Idempotency-Key is not known yet; the gateway goes on looking, as operation ${id}. Nothing was sent again.`,
    retryAfterMs: askAgainMs,
    effect: 'never',
  });

export const equalUnderWay = (other: string): Failure =>
  new Failure('conflict', {
    public: `An equal write is under way, or its outcome is not known yet: operation ${other}. Read the list before you repeat it.`,
    retryAfterMs: askAgainMs,
    effect: 'never',
  });

export const unprotected = (cause?: unknown): Failure =>
  new Failure('idempotency-unavailable', {
    public: 'The store that keeps this write from being done twice cannot be reached. Nothing was sent.',
    retryAfterMs: askAgainMs,
    effect: 'never',
    ...(cause === undefined ? {} : { cause }),
  });

/** For a write of which nothing can be seen, long enough after it was sent. */
export const notDone = (seconds: number): Failure =>
  new Failure('vendor-unavailable', {
    public: `The vendor never answered this write, and ${seconds} seconds later nothing of it was to be seen, so it counts as not done. It is never sent again under the same Idempotency-Key; use another key to try again.`,
  });
