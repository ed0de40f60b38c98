import type { Clock } from './clock.ts';
import { Failure } from './failure/failure.ts';

/** Lets long work give way to others. `if (turns.due()) await turns.next();` stands once in every loop over data. */
export interface Turns {
  /**
   * Whether this turn of the event loop has lasted long enough. It may be asked for every item, because it seldom looks
   * at the clock. `items`: how many ordinary items the one that is done was worth.
   */
  due(items?: number): boolean;
  /** Waits for the next turn. Throws when the deadline has passed or the work has been cancelled. */
  next(): Promise<void>;
}

/** Read again at every turn, so that a deadline may be renewed. */
export interface TurnLimits {
  /** In the monotonic time of the clock. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** All work of one process shares this time before the event loop goes round. */
const turnMs = 3;
const itemsBetweenLooks = 16;
/** For `due`: after an item that takes long enough to look at the clock. */
export const longItem = itemsBetweenLooks;

/** One round of the event loop: who waits for a turn gets one, and all work of a round shares its time. */
class Rounds {
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #startedAt: number | null = null;
  #scheduled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  isOver(): boolean {
    const now = this.#clock.monotonic();
    if (this.#startedAt === null) {
      this.#startedAt = now;
      this.#schedule();
    }
    return now - this.#startedAt >= turnMs;
  }

  /** Only one of those who wait runs in a round, so that a round stays short however many there are. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#startedAt = null;
      const wake = this.#waiting.shift();
      if (wake === undefined) return;
      this.#startedAt = this.#clock.monotonic();
      this.#schedule();
      wake();
    });
  }
}

const roundsByClock = new WeakMap<Clock, Rounds>();

const roundsOf = (clock: Clock): Rounds => {
  const known = roundsByClock.get(clock) ?? new Rounds(clock);
  roundsByClock.set(clock, known);
  return known;
};

/** How many pieces of work wait for their turn to go on: the processor is shared by so many and one more. */
export const waitingForTurns = (clock: Clock): number => roundsOf(clock).waiting;

const check = (clock: Clock, { deadline, signal }: TurnLimits): void => {
  signal?.throwIfAborted();
  if (deadline !== undefined && clock.monotonic() >= deadline) {
    throw new Failure('deadline-exceeded', { public: 'The deadline passed while the answer was computed.' });
  }
};

/** The turns of one piece of work. */
export const takeTurns = (clock: Clock, limits: TurnLimits = {}): Turns => {
  const rounds = roundsOf(clock);
  let items = 0;
  return {
    due: (done = 1) => {
      items += done;
      if (items < itemsBetweenLooks) return false;
      items = 0;
      return rounds.isOver();
    },
    next: async () => {
      check(clock, limits);
      await rounds.next();
      check(clock, limits);
    },
  };
};
