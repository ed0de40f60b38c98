import type { Clock } from '../../../domain/clock.ts';
import { Failure } from '../../../domain/failure/failure.ts';
import type { Store } from '../../../store/store.ts';
import type { Observe } from '../call/events.ts';
import { clampPause } from './retry-after.ts';
import { createStoredPause, type PauseLeft, type StoredPause } from './stored-pause.ts';

const firstPauseMs = 1000;
const guessedPauseMsMax = 60_000;

type PauseScope = 'connection' | 'operation';
interface ScopedPause {
  readonly pause: StoredPause;
  readonly operation: string | null;
  /** Consecutive throttles that named no time. */
  streak: number;
  begunAt: number;
}

interface PauseState extends PauseLeft {
  /** Null: the whole connection. */
  readonly operation: string | null;
}

export interface Pauses {
  /** Throws `vendor-throttled` with the remaining time while the connection or this operation is paused. */
  refuse(operation: string): Promise<void>;
  /** Starts or extends a pause; returns the failure with the time it resulted in. `sentAt` is when the throttled call was sent. */
  begin(operation: string, failure: Failure, sentAt: number): Promise<Failure>;
  succeed(operation: string, sentAt: number): void;
  /** The longest current pause. */
  state(): Promise<PauseState | null>;
  reset(): Promise<void>;
}

const decodeOperation = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** The times for which a vendor asked for no requests, by connection and by operation. */
export const createPauses = (store: Store, clock: Clock, storageKey: string, observe: Observe): Pauses => {
  const prefix = `pause/1/${storageKey}`;
  const scopedPauses = new Map<string | null, ScopedPause>();
  const scopedPauseFor = (operation: string | null): ScopedPause => {
    const known = scopedPauses.get(operation);
    if (known !== undefined) return known;
    const key = operation === null ? prefix : `${prefix}/${encodeURIComponent(operation)}`;
    const scoped = {
      pause: createStoredPause(store, clock, key),
      operation,
      streak: 0,
      begunAt: Number.NEGATIVE_INFINITY,
    };
    scopedPauses.set(operation, scoped);
    return scoped;
  };
  const throttled = (left: PauseLeft, internal: string): Failure =>
    new Failure('vendor-throttled', { public: left.reason, internal, retryAfterMs: left.leftMs });

  /** Doubles with every throttle that names no time; calls that ran at the same time count once. */
  const guess = (scoped: ScopedPause, sentAt: number): number => {
    if (sentAt >= scoped.begunAt) scoped.streak += 1;
    const milliseconds = Math.min(guessedPauseMsMax, firstPauseMs * 2 ** (scoped.streak - 1));
    return milliseconds * (0.75 + 0.5 * clock.random());
  };

  return {
    refuse: async (operation) => {
      for (const scoped of [scopedPauseFor(null), scopedPauseFor(operation)]) {
        const left = await scoped.pause.current();
        if (left !== null) throw throttled(left, `${operation}: paused`);
      }
    },
    begin: async (operation, failure, sentAt) => {
      const scope: PauseScope = failure.details.pauses ?? 'connection';
      const scoped = scopedPauseFor(scope === 'operation' ? operation : null);
      const late = sentAt < scoped.begunAt && scoped.pause.known() !== null;
      const { retryAfterMs } = failure.details;
      if (retryAfterMs !== undefined || !late) {
        const milliseconds = retryAfterMs === undefined ? guess(scoped, sentAt) : clampPause(retryAfterMs);
        scoped.begunAt = clock.monotonic();
        if (milliseconds > (scoped.pause.known()?.leftMs ?? 0))
          observe({ kind: 'pause', scope, operation, milliseconds });
        await scoped.pause.begin(milliseconds, failure.details.public, 'throttled');
      }
      const left = scoped.pause.known();
      return left === null ? failure : new Failure(failure.kind, { ...failure.details, retryAfterMs: left.leftMs });
    },
    succeed: (operation, sentAt) => {
      for (const scoped of [scopedPauseFor(null), scopedPauseFor(operation)])
        if (sentAt >= scoped.begunAt) scoped.streak = 0;
    },
    state: async () => {
      let longest: PauseState | null = null;
      for (const scoped of [scopedPauseFor(null), ...scopedPauses.values()]) {
        const left = await scoped.pause.current();
        if (left !== null && left.leftMs > (longest?.leftMs ?? 0)) longest = { ...left, operation: scoped.operation };
      }
      return longest;
    },
    reset: async () => {
      // Includes operations that this process has not called. A deeper path belongs to another connection.
      for (const key of await store.keys(`${prefix}/`, 1000)) {
        const name = key.slice(prefix.length + 1);
        const operation = name.includes('/') ? null : decodeOperation(name);
        if (operation !== null) scopedPauseFor(operation);
      }
      for (const scoped of [scopedPauseFor(null), ...scopedPauses.values()]) {
        scoped.streak = 0;
        scoped.begunAt = Number.NEGATIVE_INFINITY;
        await scoped.pause.drop();
      }
    },
  };
};
