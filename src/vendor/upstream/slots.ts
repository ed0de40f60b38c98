import { Failure } from '../../domain/failure/failure.ts';
import { noteQueued } from './marks.ts';

const retryAfterMs = 1000;

/** The caller's time ended in the queue: the vendor was not slow with this one, it never heard of it. */
export const waitedInVain = (): Failure =>
  new Failure('overloaded', {
    public: 'So many requests wait for this vendor that no turn came in time.',
    retryAfterMs,
    effect: 'never',
  });

export interface Slots {
  /** A call may begin at once. */
  readonly free: boolean;
  /**
   * Resolves, in the order of asking, with the function that gives the slot back. Rejects with the signal's reason
   * if that ends first, and with `overloaded` where too many wait already.
   */
  take(signal: AbortSignal): Promise<() => void>;
}

export const openSlots = (concurrency: number, queueMax: number): Slots => {
  let taken = 0;
  const queue: (() => void)[] = [];

  /** Hands the slot to whoever waits longest. */
  const slot = (): (() => void) => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
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
        return slot();
      }
      if (queue.length >= queueMax) {
        throw new Failure('overloaded', {
          public: 'Too many requests wait for this vendor already.',
          retryAfterMs,
        });
      }
      return new Promise((resolve, reject) => {
        const begin = () => {
          noteQueued(signal, false);
          signal.removeEventListener('abort', leave);
          resolve(slot());
        };
        const leave = () => {
          noteQueued(signal, false);
          queue.splice(queue.indexOf(begin), 1);
          reject(signal.reason);
        };
        noteQueued(signal, true);
        queue.push(begin);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
  };
};
