import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';

const retryAfterMsMax = 60_000;

interface Mark {
  readonly failure: Failure;
  readonly notedAt: number;
  retryAt: number;
}

export interface Rejections {
  /** Throws the vendor's last rejection while it is less than a minute old; afterwards one call a minute may try again. */
  admit(name: string): void;
  note(name: string, failure: Failure): void;
  clear(name: string): void;
  reset(): void;
  readonly any: boolean;
}

/** Remembers rejected credentials, so that they are not sent over and over. */
export const createRejections = (clock: Clock): Rejections => {
  const marks = new Map<string, Mark>();
  return {
    admit: (name) => {
      const mark = marks.get(name);
      if (mark === undefined) return;
      const now = clock.monotonic();
      const leftMs = mark.retryAt - now;
      if (leftMs <= 0) {
        mark.retryAt = now + retryAfterMsMax;
        return;
      }
      const { kind, details } = mark.failure;
      const vendorLeftMs = (details.retryAfterMs ?? 0) - (now - mark.notedAt);
      throw new Failure(kind, { ...details, retryAfterMs: Math.max(leftMs, vendorLeftMs) });
    },
    note: (name, failure) => {
      const notedAt = clock.monotonic();
      const waitMs = Math.min(retryAfterMsMax, failure.details.retryAfterMs ?? retryAfterMsMax);
      marks.set(name, { failure, notedAt, retryAt: notedAt + waitMs });
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
