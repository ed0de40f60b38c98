/** Time and randomness of a client; tests replace it. */
export interface Timing {
  /** In milliseconds since 1970. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  /** Rejects with the signal's reason if it is aborted first. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const realTiming: Timing = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', leave);
        resolve();
      }, milliseconds);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    }),
};
