import type { Clock } from '../../domain/clock.ts';
import type { CircuitState } from './call/events.ts';

const consecutiveFailuresMax = 5;
const countedMs = 30_000;
const bucketMs = 1000;
const callsMin = 10;
const failedShare = 0.5;
const openDurationMs = 30_000;
const openDurationMsMax = 300_000;
/** The wait that is named to calls while a probe runs. */
const probeWaitMs = 1000;

/** `unknown`: nothing was sent, or the result says nothing about the vendor. */
export type Verdict = 'answered' | 'failed' | 'unknown';
type CircuitAdmission =
  | { readonly admitted: false; readonly waitMs: number }
  | { readonly admitted: true; readonly probing: boolean; readonly settle: (verdict: Verdict) => void };

export interface Circuit {
  admit(): CircuitAdmission;
  state(): CircuitState;
  reset(): void;
}

interface Bucket {
  readonly begun: number;
  calls: number;
  failed: number;
}

export const createCircuit = (clock: Clock, onChange: (state: CircuitState) => void): Circuit => {
  let state: CircuitState = 'closed';
  let buckets: Bucket[] = [];
  let inARow = 0;
  let openings = 0;
  let opensUntil = 0;
  let probing = false;
  /** Incremented with every change: results of calls admitted before it are ignored. */
  let era = 0;

  const change = (next: CircuitState): void => {
    if (next === state) return;
    state = next;
    era += 1;
    onChange(next);
  };
  const close = (): void => {
    buckets = [];
    inARow = 0;
    openings = 0;
    probing = false;
    change('closed');
  };
  const open = (): void => {
    openings += 1;
    const jitter = 0.9 + 0.2 * clock.random();
    opensUntil = clock.monotonic() + Math.min(openDurationMsMax, openDurationMs * openings) * jitter;
    change('open');
  };

  const count = (failed: boolean): void => {
    const now = clock.monotonic();
    buckets = buckets.filter((bucket) => bucket.begun > now - countedMs);
    const last = buckets.at(-1);
    const current = last !== undefined && now - last.begun < bucketMs ? last : { begun: now, calls: 0, failed: 0 };
    if (current !== last) buckets.push(current);
    current.calls += 1;
    current.failed += failed ? 1 : 0;
    inARow = failed ? inARow + 1 : 0;
    const calls = buckets.reduce((sum, bucket) => sum + bucket.calls, 0);
    const failures = buckets.reduce((sum, bucket) => sum + bucket.failed, 0);
    if (inARow >= consecutiveFailuresMax || (failed && calls >= callsMin && failures >= calls * failedShare)) open();
  };

  return {
    admit: () => {
      const waitMs = opensUntil - clock.monotonic();
      if (state === 'open' && waitMs <= 0) change('half-open');
      if (state === 'open') return { admitted: false, waitMs };
      if (state === 'half-open' && probing) return { admitted: false, waitMs: probeWaitMs };
      const admittedIn = era;
      const isProbe = state === 'half-open';
      probing = isProbe;
      return {
        admitted: true,
        probing: isProbe,
        settle: (verdict) => {
          if (admittedIn !== era) return;
          if (isProbe) probing = false;
          if (verdict === 'unknown') return;
          if (isProbe && verdict === 'answered') close();
          else if (isProbe) open();
          else count(verdict === 'failed');
        },
      };
    },
    state: () => (state === 'open' && opensUntil <= clock.monotonic() ? 'half-open' : state),
    reset: close,
  };
};
