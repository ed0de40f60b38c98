import type { Clock } from '../../domain/clock.ts';

const secondMs = 1_000;

/** Counts an arrival. Returns the requests of this second or of the one before, whichever is more. */
export const openArrivals = (clock: Clock) => {
  let secondStart = Number.NEGATIVE_INFINITY;
  let count = 0;
  let last = 0;
  return (): number => {
    const now = clock.monotonic();
    if (now - secondStart >= secondMs) {
      last = now - secondStart < 2 * secondMs ? count : 0;
      count = 0;
      secondStart = now;
    }
    count += 1;
    return Math.max(count, last);
  };
};
