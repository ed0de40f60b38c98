import type { Clock } from '../../domain/clock.ts';

/** The requests that the event loop took in its present turn. */
export interface LoopTurns {
  /** Counts one request. Returns how many came in this turn, and for how long it has lasted since the first. */
  arrive(): { readonly count: number; readonly lastsMs: number };
}

export const openLoopTurns = (clock: Clock): LoopTurns => {
  let count = 0;
  let begunAt = 0;
  const end = (): void => {
    count = 0;
  };
  return {
    arrive: () => {
      const now = clock.monotonic();
      if (count === 0) {
        begunAt = now;
        setImmediate(end);
      }
      count += 1;
      return { count, lastsMs: now - begunAt };
    },
  };
};
