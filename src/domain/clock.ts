import { randomBytes, randomUUID } from 'node:crypto';
import { type Day, dayOfInstant } from './day.ts';

/** The only source of time and of randomness. Waits and ages are monotonic; dates are wall time. */
export interface Clock {
  /** Wall time in milliseconds since 1970. For dates and stored instants. */
  now(): number;
  /** Monotonic milliseconds. For ages and waits inside one process. */
  monotonic(): number;
  today(): Day;
  /** Resolves after the wait; rejects with the reason of the signal if it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Calls `action` once; the returned function cancels it. Never keeps the process alive. */
  after(milliseconds: number, action: () => void): () => void;
  /** A number in [0, 1). */
  random(): number;
  id(): string;
  bytes(length: number): Buffer;
}

/** Node fires longer timers immediately. */
const timerMax = 2 ** 31 - 1;

const after = (milliseconds: number, action: () => void): (() => void) => {
  const timer = setTimeout(action, Math.min(Math.max(0, milliseconds), timerMax));
  timer.unref();
  return () => clearTimeout(timer);
};

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  today: () => dayOfInstant(Date.now()),
  after,
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
        Math.min(Math.max(0, milliseconds), timerMax),
      );
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
  random: () => Math.random(),
  id: () => randomUUID(),
  bytes: (length) => randomBytes(length),
};
