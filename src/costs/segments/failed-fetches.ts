import type { Clock } from '../../domain/clock.ts';
import type { Failure, FailureKind } from '../../domain/failure/failure.ts';

/** Recent failures: until the retry delay is over, equal fetches fail the same way without a call. */
export interface FailedFetches {
  note(name: string, failure: Failure, paceMs: number): void;
  forget(name: string): void;
  /** The last failure while its retry delay lasts; null afterwards. */
  active(name: string): Failure | null;
  /** The last failure; null after a success. */
  last(name: string): Failure | null;
}

const retryDelayMsMin = 5_000;
/** The upper limit of the delay without a quota. */
const retryDelayMsMax = 30_000;
/** Failures without a call to the vendor: they used no quota, so their delay does not grow. */
const withoutCall: ReadonlySet<FailureKind> = new Set([
  'circuit-open',
  'vendor-throttled',
  'quota-exhausted',
  'overloaded',
  'deadline-exceeded',
]);

/** The delay grows with each failure, up to `paceMs`: retries of a failing vendor must not use up its quota. */
export const createFailedFetches = (clock: Clock): FailedFetches => {
  const failures = new Map<string, { readonly failure: Failure; readonly until: number; readonly waitMs: number }>();
  return {
    note: (name, failure, paceMs) => {
      const before = failures.get(name)?.waitMs ?? 0;
      const grown = before === 0 ? retryDelayMsMin : before * 4;
      const waitMs = withoutCall.has(failure.kind)
        ? retryDelayMsMin
        : Math.min(grown, Math.max(retryDelayMsMax, paceMs));
      failures.set(name, { failure, until: clock.monotonic() + waitMs, waitMs });
    },
    forget: (name) => {
      failures.delete(name);
    },
    active: (name) => {
      const entry = failures.get(name);
      return entry !== undefined && entry.until > clock.monotonic() ? entry.failure : null;
    },
    last: (name) => failures.get(name)?.failure ?? null,
  };
};
