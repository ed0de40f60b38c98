import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { type LoadClass, rankOf } from './load-class.ts';

export interface GateLimits {
  readonly running: number;
  readonly queued: number;
  readonly waitMsMax: number;
  /** The largest fraction of `running` that one consumer may use. */
  readonly share: number;
}

export interface GateRequest {
  readonly loadClass: LoadClass;
  /** Null: anonymous callers get no per-consumer share. */
  readonly consumer: string | null;
  /** A value of the monotonic clock. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

export interface Gate {
  /** Resolves with the function that ends the turn; rejects with `overloaded`. */
  enter(request: GateRequest): Promise<() => void>;
  readonly running: number;
  readonly queued: number;
}

interface Waiting extends GateRequest {
  readonly admit: () => void;
  readonly refuse: (failure: Failure) => void;
}

const retryAfterMs = 1000;

export const overloaded = (public_: string): Failure =>
  new Failure('overloaded', { public: public_, retryAfterMs, effect: 'never' });

const queueFull = (): Failure => overloaded('The queue of waiting requests is full.');
const waitedTooLong = (): Failure => overloaded('The request waited too long for its turn.');

/**
 * Limits how many requests run, how many wait, and for how long. The next to run is of the most important load class,
 * and within a class of the consumer with the fewest running. When the queue is full, the least important request is
 * rejected; within a class, the latest one of the consumer with the most requests.
 */
export const createGate = (limits: GateLimits, clock: Clock): Gate => {
  let queue: Waiting[] = [];
  let running = 0;
  const runningOf = new Map<string, number>();
  const shareMax = Math.max(1, Math.floor(limits.running * limits.share));

  const runs = (consumer: string | null): number => (consumer === null ? 0 : (runningOf.get(consumer) ?? 0));
  const changeRunning = (consumer: string | null, change: 1 | -1): void => {
    running += change;
    if (consumer === null) return;
    const count = runs(consumer) + change;
    if (count === 0) runningOf.delete(consumer);
    else runningOf.set(consumer, count);
  };
  const mayRun = ({ consumer, loadClass }: GateRequest): boolean =>
    loadClass === 'health' ||
    (running < limits.running && runs(consumer) < (consumer === null ? running + 1 : shareMax));

  const release = (request: GateRequest): (() => void) => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      changeRunning(request.consumer, -1);
      runNext();
    };
  };
  const runNext = (): void => {
    const ready = queue.filter(mayRun);
    const [first] = ready.sort(
      (left, right) => rankOf(left.loadClass) - rankOf(right.loadClass) || runs(left.consumer) - runs(right.consumer),
    );
    if (first === undefined) return;
    queue = queue.filter((each) => each !== first);
    first.admit();
    runNext();
  };

  /** Running and waiting requests of each consumer. */
  const countsByConsumer = (): Map<string | null, number> => {
    const counts = new Map<string | null, number>(runningOf);
    for (const { consumer } of queue) counts.set(consumer, (counts.get(consumer) ?? 0) + 1);
    // Anonymous callers are many, so they do not count as one consumer.
    counts.set(null, 0);
    return counts;
  };
  /** The waiting request to reject so that this one can wait; null if this one is to be rejected. */
  const leastImportant = (request: GateRequest): Waiting | null => {
    const countOf = countsByConsumer();
    let found: Waiting | null = null;
    let worst = { rank: rankOf(request.loadClass), count: (countOf.get(request.consumer) ?? 0) + 1 };
    if (request.consumer === null) worst = { ...worst, count: 0 };
    for (const each of queue) {
      const rank = rankOf(each.loadClass);
      const count = countOf.get(each.consumer) ?? 0;
      const worse = rank > worst.rank || (rank === worst.rank && count > worst.count);
      const later = found !== null && rank === worst.rank && count === worst.count;
      if (!worse && !later) continue;
      found = each;
      worst = { rank, count };
    }
    return found;
  };

  const wait = (request: GateRequest): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        cancel();
        request.signal.removeEventListener('abort', giveUp);
        queue = queue.filter((each) => each !== waiting);
      };
      const waiting: Waiting = {
        ...request,
        admit: () => {
          end();
          changeRunning(request.consumer, 1);
          resolve(release(request));
        },
        refuse: (failure) => {
          end();
          reject(failure);
        },
      };
      const giveUp = (): void => waiting.refuse(waitedTooLong());
      const waitMs = Math.min(limits.waitMsMax, request.deadline - clock.monotonic());
      const cancel = clock.after(waitMs, giveUp);
      request.signal.addEventListener('abort', giveUp, { once: true });
      queue.push(waiting);
    });

  return {
    enter: async (request) => {
      if (request.signal.aborted || request.deadline <= clock.monotonic()) throw waitedTooLong();
      if (mayRun(request)) {
        changeRunning(request.consumer, 1);
        return release(request);
      }
      if (queue.length >= limits.queued) {
        const rejected = leastImportant(request);
        if (rejected === null) throw queueFull();
        rejected.refuse(queueFull());
      }
      return wait(request);
    },
    get running() {
      return running;
    },
    get queued() {
      return queue.length;
    },
  };
};
