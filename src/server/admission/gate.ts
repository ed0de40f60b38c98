import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { type LoadClass, rankOf } from './load-class.ts';
import type { Shares } from './loop-time.ts';

export interface GateLimits {
  /** Read whenever a request may begin. */
  readonly running: number;
  readonly queued: number;
  /** How many may wait, from when the queue was full until it is empty. Absent: as many as before. */
  readonly queuedUnderLoad?: number;
  readonly waitMsMax: number;
  /** The largest fraction of `running` that one consumer may use. */
  readonly share: number;
}

/** What decides the order. */
export interface Asked {
  readonly loadClass: LoadClass;
  /** Null: nobody can be told apart, so there is no share. */
  readonly consumer: string | null;
}

export interface GateRequest extends Asked {
  /** A value of the monotonic clock. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

export interface Gate {
  /** Resolves with the function that ends the turn; rejects with `overloaded`. */
  enter(request: GateRequest): Promise<() => void>;
  /** Lets those begin who may, after the limits were raised. */
  open(): void;
  readonly running: number;
  readonly queued: number;
  /** Whether this request would be rejected now. */
  wouldReject(asked: Asked): boolean;
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

/** From when the queue was full until it is empty, nobody waits longer: more waiting would make all answers late. */
const waitUnderLoadMs = 150;

const evenShares: Shares = { usedMs: () => 0, isWithin: () => false };

/**
 * Limits how many requests run, how many wait, and for how long. The next to run is one of a consumer within its share
 * of the event loop's time; then of the most important load class; then of the consumer who used least of that time.
 * When the queue is full, the request that would be the last to run is rejected.
 */
export const createGate = (limits: GateLimits, clock: Clock, shares: Shares = evenShares): Gate => {
  let queue: Waiting[] = [];
  let running = 0;
  /** A burst is waited for; a queue that was full shows that more comes than can be done. */
  let isUnderLoad = false;
  const runningOf = new Map<string, number>();

  const runs = (consumer: string | null): number => (consumer === null ? 0 : (runningOf.get(consumer) ?? 0));
  const changeRunning = (consumer: string | null, change: 1 | -1): void => {
    running += change;
    if (consumer === null) return;
    const count = runs(consumer) + change;
    if (count === 0) runningOf.delete(consumer);
    else runningOf.set(consumer, count);
  };
  const shareMax = (): number => Math.max(1, Math.floor(limits.running * limits.share));
  const mayRun = ({ consumer, loadClass }: GateRequest): boolean =>
    loadClass === 'health' || (running < limits.running && (consumer === null || runs(consumer) < shareMax()));

  const release = (request: GateRequest): (() => void) => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      changeRunning(request.consumer, -1);
      runNext();
    };
  };
  const leaveQueue = (waiting: Waiting): void => {
    queue = queue.filter((each) => each !== waiting);
    if (queue.length === 0) isUnderLoad = false;
  };
  const queuedMax = (): number =>
    isUnderLoad ? Math.min(limits.queued, limits.queuedUnderLoad ?? limits.queued) : limits.queued;
  const placeOf = ({ consumer, loadClass }: Asked) => ({
    beyond: consumer === null || shares.isWithin(consumer) ? 0 : 1,
    rank: rankOf(loadClass),
    usedMs: consumer === null ? 0 : shares.usedMs(consumer),
  });
  const runNext = (): void => {
    const ready = queue
      .filter(mayRun)
      .map((waiting) => ({ waiting, ...placeOf(waiting), runs: runs(waiting.consumer) }));
    const [first] = ready.sort(
      (left, right) =>
        left.beyond - right.beyond || left.rank - right.rank || left.usedMs - right.usedMs || left.runs - right.runs,
    );
    if (first === undefined) return;
    first.waiting.admit();
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
  const leastImportant = (request: Asked): Waiting | null => {
    const countOf = countsByConsumer();
    const worth = (each: Asked, more: number) => {
      const { beyond, rank } = placeOf(each);
      return [beyond, rank, each.consumer === null ? 0 : (countOf.get(each.consumer) ?? 0) + more] as const;
    };
    let found: Waiting | null = null;
    let worst = worth(request, 1);
    for (const each of queue) {
      const own = worth(each, 0);
      const differs = own.findIndex((value, index) => value !== worst[index]);
      const worse = differs === -1 ? found !== null : (own[differs] ?? 0) > (worst[differs] ?? 0);
      if (!worse) continue;
      found = each;
      worst = own;
    }
    return found;
  };

  const wait = (request: GateRequest): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const now = clock.monotonic();
      const waitUntil = Math.min(now + limits.waitMsMax, request.deadline);
      let cancel = () => {};
      const end = (): void => {
        cancel();
        request.signal.removeEventListener('abort', giveUp);
        leaveQueue(waiting);
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
      const checkLater = (): void => {
        const at = clock.monotonic();
        if (at >= waitUntil || isUnderLoad) {
          giveUp();
          return;
        }
        cancel = clock.after(Math.min(waitUnderLoadMs, waitUntil - at), checkLater);
      };
      cancel = clock.after(Math.min(waitUnderLoadMs, waitUntil - now), checkLater);
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
      isUnderLoad ||= queue.length >= limits.queued;
      while (queue.length >= queuedMax()) {
        const rejected = leastImportant(request);
        if (rejected === null) throw queueFull();
        rejected.refuse(queueFull());
      }
      return wait(request);
    },
    open: runNext,
    wouldReject: (asked) => queue.length >= queuedMax() && leastImportant(asked) === null,
    get running() {
      return running;
    },
    get queued() {
      return queue.length;
    },
  };
};
