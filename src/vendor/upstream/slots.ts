import { Failure } from '../../domain/failure/failure.ts';

const queueFullRetryAfterMs = 1000;

export interface Slots {
  /** A call can start at once. */
  readonly free: boolean;
  /**
   * Resolves, in the order of asking, with the function that gives the slot back. Rejects with the signal's reason
   * if that aborts first, and with `overloaded` if the queue is full.
   */
  take(signal: AbortSignal): Promise<() => void>;
}

/** How many calls run at the same time, and how many more wait in a queue. */
export const createSlots = (concurrency: number, queueMax: number): Slots => {
  let taken = 0;
  const queue: (() => void)[] = [];

  const createRelease = (): (() => void) => {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = queue.shift();
      if (next === undefined) taken -= 1;
      else next();
    };
  };

  return {
    get free() {
      return taken < concurrency;
    },
    take: async (signal) => {
      signal.throwIfAborted();
      if (taken < concurrency) {
        taken += 1;
        return createRelease();
      }
      if (queue.length >= queueMax) {
        throw new Failure('overloaded', {
          public: 'Too many requests already wait for this vendor.',
          retryAfterMs: queueFullRetryAfterMs,
        });
      }
      return new Promise((resolve, reject) => {
        const start = () => {
          signal.removeEventListener('abort', leave);
          resolve(createRelease());
        };
        const leave = () => {
          queue.splice(queue.indexOf(start), 1);
          reject(signal.reason);
        };
        queue.push(start);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
  };
};
