import type { Clock } from '../../../domain/clock.ts';
import { Failure } from '../../../domain/failure/failure.ts';
import type { Store } from '../../../store/store.ts';
import type { Observe } from '../call/events.ts';
import { clampPause } from './retry-after.ts';
import { createStoredPause, type PauseLeft, type StoredPause } from './stored-pause.ts';

const baseMs = 1000;
const ceilingMs = 60_000;

type Scope = 'connection' | 'operation';
interface Gate {
  readonly pause: StoredPause;
  readonly operation: string | null;
  /** Throttles in a row that named no time. */
  streak: number;
  begunAt: number;
}

interface PauseState extends PauseLeft {
  /** Null: the whole connection. */
  readonly operation: string | null;
}

export interface Pauses {
  /** Throws `vendor-throttled` with what is left while the connection or this operation is paused. */
  refuse(operation: string): Promise<void>;
  /** Obeys a throttle; gives it back with the time it came to. `sentAt` is when the throttled call went out. */
  begin(operation: string, failure: Failure, sentAt: number): Promise<Failure>;
  succeed(operation: string, sentAt: number): void;
  /** The longest that holds. */
  state(): Promise<PauseState | null>;
  reset(): Promise<void>;
}

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** The times in which a vendor has asked to be left alone, by connection and by operation. */
export const createPauses = (store: Store, clock: Clock, storageKey: string, observe: Observe): Pauses => {
  const prefix = `pause/1/${storageKey}`;
  const gates = new Map<string | null, Gate>();
  const gateFor = (operation: string | null): Gate => {
    const known = gates.get(operation);
    if (known !== undefined) return known;
    const key = operation === null ? prefix : `${prefix}/${encodeURIComponent(operation)}`;
    const gate = {
      pause: createStoredPause(store, clock, key),
      operation,
      streak: 0,
      begunAt: Number.NEGATIVE_INFINITY,
    };
    gates.set(operation, gate);
    return gate;
  };
  const throttled = (left: PauseLeft, internal: string): Failure =>
    new Failure('vendor-throttled', { public: left.reason, internal, retryAfterMs: left.leftMs });

  /** Doubles with every throttle that names no time; calls that were under way together count once. */
  const guess = (gate: Gate, sentAt: number): number => {
    if (sentAt >= gate.begunAt) gate.streak += 1;
    const milliseconds = Math.min(ceilingMs, baseMs * 2 ** (gate.streak - 1));
    return milliseconds * (0.75 + 0.5 * clock.random());
  };

  return {
    refuse: async (operation) => {
      for (const gate of [gateFor(null), gateFor(operation)]) {
        const left = await gate.pause.current();
        if (left !== null) throw throttled(left, `${operation}: paused`);
      }
    },
    begin: async (operation, failure, sentAt) => {
      const scope: Scope = failure.details.pauses ?? 'connection';
      const gate = gateFor(scope === 'operation' ? operation : null);
      const late = sentAt < gate.begunAt && gate.pause.known() !== null;
      const { retryAfterMs } = failure.details;
      if (retryAfterMs !== undefined || !late) {
        const milliseconds = retryAfterMs === undefined ? guess(gate, sentAt) : clampPause(retryAfterMs);
        gate.begunAt = clock.monotonic();
        if (milliseconds > (gate.pause.known()?.leftMs ?? 0))
          observe({ kind: 'pause', scope, operation, milliseconds });
        await gate.pause.begin(milliseconds, failure.details.public, 'throttled');
      }
      const left = gate.pause.known();
      return left === null ? failure : new Failure(failure.kind, { ...failure.details, retryAfterMs: left.leftMs });
    },
    succeed: (operation, sentAt) => {
      for (const gate of [gateFor(null), gateFor(operation)]) if (sentAt >= gate.begunAt) gate.streak = 0;
    },
    state: async () => {
      let longest: PauseState | null = null;
      for (const gate of [gateFor(null), ...gates.values()]) {
        const left = await gate.pause.current();
        if (left !== null && left.leftMs > (longest?.leftMs ?? 0)) longest = { ...left, operation: gate.operation };
      }
      return longest;
    },
    reset: async () => {
      // Those of operations that this process has not met, too; a deeper path is another connection's.
      for (const key of await store.keys(`${prefix}/`, 1000)) {
        const name = key.slice(prefix.length + 1);
        const operation = name.includes('/') ? null : decoded(name);
        if (operation !== null) gateFor(operation);
      }
      for (const gate of [gateFor(null), ...gates.values()]) {
        gate.streak = 0;
        gate.begunAt = Number.NEGATIVE_INFINITY;
        await gate.pause.drop();
      }
    },
  };
};
