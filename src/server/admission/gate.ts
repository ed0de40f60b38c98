import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { type LoadClass, rankOf } from './load-class.ts';

export interface GateLimits {
  readonly running: number;
  readonly queued: number;
  readonly waitMsMax: number;
  /** The most that one consumer may have running while there are others, as a part of all. */
  readonly share: number;
}

export interface Entrant {
  readonly loadClass: LoadClass;
  /** Null: nobody knows who it is, and so nobody has a share. */
  readonly consumer: string | null;
  /** When waiting is of no use any more; a value of the monotonic clock. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

export interface Gate {
  /** Resolves with the function that lets the next one in; rejects with `overloaded`. */
  enter(entrant: Entrant): Promise<() => void>;
  readonly running: number;
  readonly queued: number;
}

interface Waiting extends Entrant {
  readonly admit: () => void;
  readonly refuse: (failure: Failure) => void;
}

const retryAfterMs = 1000;

export const overloaded = (public_: string): Failure =>
  new Failure('overloaded', { public: public_, retryAfterMs, effect: 'never' });

const full = (): Failure => overloaded('As many requests as can be waited for wait already.');
const tooLong = (): Failure => overloaded('No turn came within the time that a request may wait for one.');

/**
 * So many at once, so many waiting, and not for long. The higher class goes first, and within a class whoever has least;
 * where nobody more can wait, the least important makes room, of these the last one of whoever has most.
 */
export const openGate = (limits: GateLimits, clock: Clock): Gate => {
  let queue: Waiting[] = [];
  let running = 0;
  const runningOf = new Map<string, number>();
  const shareMax = Math.max(1, Math.floor(limits.running * limits.share));

  const runs = (consumer: string | null): number => (consumer === null ? 0 : (runningOf.get(consumer) ?? 0));
  const count = (consumer: string | null, change: 1 | -1): void => {
    running += change;
    if (consumer === null) return;
    const now = runs(consumer) + change;
    if (now === 0) runningOf.delete(consumer);
    else runningOf.set(consumer, now);
  };
  const mayRun = ({ consumer, loadClass }: Entrant): boolean =>
    loadClass === 'health' ||
    (running < limits.running && runs(consumer) < (consumer === null ? running + 1 : shareMax));

  const leave = (entrant: Entrant): (() => void) => {
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      count(entrant.consumer, -1);
      next();
    };
  };
  const next = (): void => {
    const ready = queue.filter(mayRun);
    const [first] = ready.sort(
      (left, right) => rankOf(left.loadClass) - rankOf(right.loadClass) || runs(left.consumer) - runs(right.consumer),
    );
    if (first === undefined) return;
    queue = queue.filter((each) => each !== first);
    first.admit();
    next();
  };

  /** What each consumer has running and waiting. */
  const weights = (): Map<string | null, number> => {
    const counted = new Map<string | null, number>(runningOf);
    for (const { consumer } of queue) counted.set(consumer, (counted.get(consumer) ?? 0) + 1);
    // Those whom nobody can tell apart are not one of many, but many.
    counted.set(null, 0);
    return counted;
  };
  /** Who has to go so that this one can wait; null where it is this one itself. */
  const weakest = (entrant: Entrant): Waiting | null => {
    const weightOf = weights();
    let out: Waiting | null = null;
    let worst = { rank: rankOf(entrant.loadClass), weight: (weightOf.get(entrant.consumer) ?? 0) + 1 };
    if (entrant.consumer === null) worst = { ...worst, weight: 0 };
    for (const each of queue) {
      const rank = rankOf(each.loadClass);
      const weight = weightOf.get(each.consumer) ?? 0;
      const worse = rank > worst.rank || (rank === worst.rank && weight > worst.weight);
      const later = out !== null && rank === worst.rank && weight === worst.weight;
      if (!worse && !later) continue;
      out = each;
      worst = { rank, weight };
    }
    return out;
  };

  const wait = (entrant: Entrant): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        cancel();
        entrant.signal.removeEventListener('abort', left);
        queue = queue.filter((each) => each !== waiting);
      };
      const waiting: Waiting = {
        ...entrant,
        admit: () => {
          end();
          count(entrant.consumer, 1);
          resolve(leave(entrant));
        },
        refuse: (failure) => {
          end();
          reject(failure);
        },
      };
      const left = (): void => waiting.refuse(tooLong());
      const patienceMs = Math.min(limits.waitMsMax, entrant.deadline - clock.monotonic());
      const cancel = clock.after(patienceMs, left);
      entrant.signal.addEventListener('abort', left, { once: true });
      queue.push(waiting);
    });

  return {
    enter: async (entrant) => {
      if (entrant.signal.aborted || entrant.deadline <= clock.monotonic()) throw tooLong();
      if (mayRun(entrant)) {
        count(entrant.consumer, 1);
        return leave(entrant);
      }
      if (queue.length >= limits.queued) {
        const out = weakest(entrant);
        if (out === null) throw full();
        out.refuse(full());
      }
      return wait(entrant);
    },
    get running() {
      return running;
    },
    get queued() {
      return queue.length;
    },
  };
};
