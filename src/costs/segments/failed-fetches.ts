import type { Clock } from '../../domain/clock.ts';
import type { Failure, FailureKind } from '../../domain/failure/failure.ts';

/** What failed a moment ago: equal questions get the same answer without a further call. */
export interface FailedFetches {
  note(name: string, failure: Failure, paceMs: number): void;
  forget(name: string): void;
  /** The failure while it stands for an attempt of its own. */
  standing(name: string): Failure | null;
  /** The last failure since the last success. */
  last(name: string): Failure | null;
}

const firstMs = 5_000;
const lastMsMin = 30_000;
/** Failures that reached no vendor: nothing was spent, and who refused says when to come back. */
const unspent: ReadonlySet<FailureKind> = new Set([
  'circuit-open',
  'vendor-throttled',
  'quota-exhausted',
  'overloaded',
  'deadline-exceeded',
]);

/** Waits longer each time, up to the pace at which a quota lasts: a vendor that is down must not eat its quota. */
export const createFailedFetches = (clock: Clock): FailedFetches => {
  const noted = new Map<string, { readonly failure: Failure; readonly until: number; readonly waitMs: number }>();
  return {
    note: (name, failure, paceMs) => {
      const before = noted.get(name)?.waitMs ?? 0;
      const grown = before === 0 ? firstMs : before * 4;
      const waitMs = unspent.has(failure.kind) ? firstMs : Math.min(grown, Math.max(lastMsMin, paceMs));
      noted.set(name, { failure, until: clock.monotonic() + waitMs, waitMs });
    },
    forget: (name) => {
      noted.delete(name);
    },
    standing: (name) => {
      const entry = noted.get(name);
      return entry !== undefined && entry.until > clock.monotonic() ? entry.failure : null;
    },
    last: (name) => noted.get(name)?.failure ?? null,
  };
};
