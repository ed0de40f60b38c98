import type { Clock } from '../../domain/clock.ts';

/** Begins work one at a time, and only when the event loop has looked at what arrived. */
export interface Pace {
  /** Resolves when the work may begin. */
  next(): Promise<void>;
  /** A connection was opened. */
  connected(): void;
  /** A request came. */
  asked(): void;
  /** How many wait. */
  readonly waiting: number;
}

/** For how long work waits while requests, and while new connections, come without end. */
const forRequestsMs = 10;
const forConnectionsMs = 100;

/**
 * The event loop accepts one connection in a turn, however many wait. Work that computes for tens of milliseconds in
 * each turn would keep them all waiting, those that ask for health too. So each work begins in a turn of its own, after
 * a turn in which nothing arrived.
 */
export const openPace = (clock: Clock): Pace => {
  let waiting: (() => void)[] = [];
  /** Since the last turn. */
  let requests = 0;
  let connections = 0;
  let lookingFrom = clock.monotonic();
  let hasBegun = false;
  let turning = false;

  const turn = (): void => {
    const now = clock.monotonic();
    // The time of the work itself is no time for looking.
    if (hasBegun) lookingFrom = now;
    const lookMs = connections > 0 ? forConnectionsMs : requests > 0 ? forRequestsMs : 0;
    requests = 0;
    connections = 0;
    // One turn at least, in which what arrived meanwhile is seen.
    hasBegun = !hasBegun && now - lookingFrom >= lookMs;
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
    connected: () => {
      connections += 1;
    },
    asked: () => {
      requests += 1;
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
