import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';

/**
 * Tells replicas of each other's writes. A finished answer may be sent again for `lookMs` after the store was asked for
 * writes; a write is answered that long after it was announced. So a list that is asked for after a write has it, on
 * every replica, and the store is asked at most once in `lookMs`, however many requests there are.
 */
export interface WriteMarks {
  /** Undefined: nothing to wait for. */
  look(): Promise<void> | undefined;
  /** Resolves when no replica sends an answer from before any more. */
  announce(): Promise<void>;
}

export interface WriteMarkOptions {
  readonly clock: Clock;
  /** Shared by all replicas. */
  readonly store: Store;
  /** Called when another replica has written since the last look. */
  readonly onWrite: () => void;
}

const lookMs = 50;
/** Timers may fire a little early. */
const timerErrorMs = 2;
const key = 'write-mark/1';

export const createWriteMarks = ({ clock, store, onWrite }: WriteMarkOptions): WriteMarks => {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let seen: string | null = null;
  let looking: Promise<void> | null = null;

  const lookNow = async (): Promise<void> => {
    const at = clock.monotonic();
    try {
      const bytes = await store.get(key);
      const mark = bytes === null ? null : Buffer.from(bytes).toString('utf8');
      if (mark !== seen) onWrite();
      seen = mark;
    } catch {
      // Without the store nobody learns of a write; finished answers are kept for some seconds only.
    }
    lookedAt = at;
    looking = null;
  };

  return {
    look: () => {
      if (clock.monotonic() - lookedAt < lookMs) return undefined;
      looking ??= lookNow();
      return looking;
    },
    announce: async () => {
      try {
        // This process looks again as well: another may have written at the same time.
        await store.set(key, Buffer.from(clock.id()));
        await clock.sleep(lookMs + timerErrorMs);
      } catch {
        // As above.
      }
    },
  };
};
