import type { Clock } from '../clock.ts';
import { Failure } from '../failure/failure.ts';

const askAgainAfterMs = 60_000;

export interface Rejections {
  /** Throws what the vendor last said while that is less than a minute old; afterwards lets one call a minute through. */
  admit(name: string): void;
  note(name: string, failure: Failure): void;
  clear(name: string): void;
  reset(): void;
  readonly any: boolean;
}

/** Credentials that a vendor has refused, so that it is not asked with them again and again. */
export const openRejections = (clock: Clock): Rejections => {
  const marks = new Map<string, { readonly failure: Failure; askAgainAt: number }>();
  return {
    admit: (name) => {
      const mark = marks.get(name);
      if (mark === undefined) return;
      const leftMs = mark.askAgainAt - clock.monotonic();
      if (leftMs > 0) throw new Failure(mark.failure.kind, { ...mark.failure.details, retryAfterMs: leftMs });
      mark.askAgainAt = clock.monotonic() + askAgainAfterMs;
    },
    note: (name, failure) => {
      const waitMs = Math.min(askAgainAfterMs, failure.details.retryAfterMs ?? askAgainAfterMs);
      marks.set(name, { failure, askAgainAt: clock.monotonic() + waitMs });
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
