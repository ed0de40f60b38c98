import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';

const askAgainAfterMs = 60_000;

interface Mark {
  readonly failure: Failure;
  readonly notedAt: number;
  askAgainAt: number;
}

export interface Rejections {
  /** Throws what the vendor last said while that is less than a minute old; afterwards lets one call a minute through. */
  admit(name: string): void;
  note(name: string, failure: Failure): void;
  clear(name: string): void;
  reset(): void;
  readonly any: boolean;
}

/** Credentials that a vendor has refused, so that it is not asked with them again and again. */
export const createRejections = (clock: Clock): Rejections => {
  const marks = new Map<string, Mark>();
  return {
    admit: (name) => {
      const mark = marks.get(name);
      if (mark === undefined) return;
      const now = clock.monotonic();
      const leftMs = mark.askAgainAt - now;
      if (leftMs <= 0) {
        mark.askAgainAt = now + askAgainAfterMs;
        return;
      }
      const { kind, details } = mark.failure;
      const saidLeftMs = (details.retryAfterMs ?? 0) - (now - mark.notedAt);
      throw new Failure(kind, { ...details, retryAfterMs: Math.max(leftMs, saidLeftMs) });
    },
    note: (name, failure) => {
      const notedAt = clock.monotonic();
      const waitMs = Math.min(askAgainAfterMs, failure.details.retryAfterMs ?? askAgainAfterMs);
      marks.set(name, { failure, notedAt, askAgainAt: notedAt + waitMs });
    },
    clear: (name) => {
      marks.delete(name);
    },
    reset: () => marks.clear(),
    get any() {
      return marks.size > 0;
    },
  };
};
