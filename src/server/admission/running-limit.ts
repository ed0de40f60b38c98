/** How many requests may run at once, following how late the event loop is. */
export interface RunningLimit {
  readonly max: number;
  observe(seen: LoopSeen): void;
}

export interface LoopSeen {
  /** How late the last tick of the event loop was. */
  readonly lateMs: number;
  /** How many computations wait for their turn: the loop is in time, but each of them is as late. */
  readonly waiting: number;
  /** Whether more would run if they might. */
  readonly wanted: boolean;
}

export interface RunningLimits {
  readonly least: number;
  readonly most: number;
}

/** Later than this, what runs at once is too much for the processor. */
const lateMsMax = 30;
/** More computations than this make each of them late and none of them early. */
const waitingMax = 3;
/** Before anything is known. */
const first = 8;
const decrease = 0.7;
const increase = 1.25;

/**
 * Falls by a factor while the event loop is late or computations wait for each other, and rises while neither is so and
 * more requests want to run. Requests that
 * wait for a vendor do neither, so they never lower it.
 */
export const openRunningLimit = ({ least, most }: RunningLimits): RunningLimit => {
  let max = Math.min(most, Math.max(least, first));
  return {
    get max() {
      return Math.floor(max);
    },
    observe: ({ lateMs, waiting, wanted }) => {
      if (lateMs > lateMsMax || waiting > waitingMax) max = Math.max(least, max * decrease);
      else if (wanted) max = Math.min(most, max * increase + 1);
    },
  };
};
