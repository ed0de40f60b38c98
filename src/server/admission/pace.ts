import type { Clock } from '../../domain/clock.ts';

/** Begins work one at a time, and only when the event loop has looked at what arrived. */
export interface Pace {
  /** Resolves when the work may begin. */
  next(): Promise<void>;
  /** Counts a new connection or request. */
  arrived(): void;
  /** How many wait. */
  readonly waiting: number;
}

/** While there is no end of what arrives, work begins this often all the same. */
const lookMsMax = 20;

/**
 * The event loop accepts one connection in a turn, however many wait. Work that computes for tens of milliseconds in
 * each turn would keep them all waiting, those that ask for health too. So each work begins in a turn of its own, after
 * a turn in which nothing arrived.
 */
export const openPace = (clock: Clock): Pace => {
  let waiting: (() => void)[] = [];
  let arrivals = 0;
  let seen = 0;
  let lookingFrom = clock.monotonic();
  let hasBegun = false;
  let turning = false;

  const turn = (): void => {
    const now = clock.monotonic();
    // The time of the work itself is no time for looking.
    if (hasBegun) lookingFrom = now;
    const quiet = !hasBegun && arrivals === seen;
    seen = arrivals;
    hasBegun = quiet || now - lookingFrom > lookMsMax;
    if (hasBegun) {
      const [first, ...others] = waiting;
      waiting = others;
      first?.();
    }
    turning = waiting.length > 0;
    if (turning) setImmediate(turn);
  };

  return {
    get waiting() {
      return waiting.length;
    },
    arrived: () => {
      arrivals += 1;
    },
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (turning) return;
        turning = true;
        lookingFrom = clock.monotonic();
        hasBegun = false;
        setImmediate(turn);
      }),
  };
};
