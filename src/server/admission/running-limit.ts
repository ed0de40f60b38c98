/** How many requests may run at once, following how late the event loop is. */
export interface RunningLimit {
  readonly max: number;
  /** `lateMs`: how late the last tick of the event loop was. `wanted`: whether more would run if they might. */
  observe(lateMs: number, wanted: boolean): void;
}

export interface RunningLimits {
  readonly least: number;
  readonly most: number;
}

/** Later than this, what runs at once is too much for the processor. */
const lateMsMax = 30;
/** Before anything is known. */
const first = 8;
const decrease = 0.7;
const increase = 1.25;

/**
 * Falls by a factor while the event loop is late, and rises while it is not and more requests want to run. Requests that
 * wait for a vendor make no loop late, so they never lower it.
 */
export const openRunningLimit = ({ least, most }: RunningLimits): RunningLimit => {
  let max = Math.min(most, Math.max(least, first));
  return {
    get max() {
      return Math.floor(max);
    },
    observe: (lateMs, wanted) => {
      if (lateMs > lateMsMax) max = Math.max(least, max * decrease);
      else if (wanted) max = Math.min(most, max * increase + 1);
    },
  };
};
