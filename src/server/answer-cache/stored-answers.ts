import { LRUCache } from 'lru-cache';
import type { Clock } from '../../domain/clock.ts';
import type { RenderedAnswer } from './rendered-answer.ts';

export interface StoredAnswer {
  readonly representation: RenderedAnswer;
  /** Values of the monotonic clock. */
  readonly madeAt: number;
  readonly freshUntil: number;
}

/** Estimate of what an entry takes beside its body and key. */
const overheadBytes = 1024;
const bytesPerCharacter = 2;

/** Finished answers, limited by age and total bytes. */
export class StoredAnswers {
  readonly #clock: Clock;
  readonly #answers: LRUCache<string, StoredAnswer>;
  #generation = 0;

  constructor(clock: Clock, bytesMax: number) {
    this.#clock = clock;
    this.#answers = new LRUCache({
      maxSize: bytesMax,
      sizeCalculation: ({ representation }, key) =>
        representation.bytes + key.length * bytesPerCharacter + overheadBytes,
    });
  }

  get bytes(): number {
    return this.#answers.calculatedSize;
  }

  /** Increases with every `drop`. */
  get generation(): number {
    return this.#generation;
  }

  fresh(key: string): StoredAnswer | null {
    const stored = this.#answers.get(key);
    return stored !== undefined && this.#clock.monotonic() < stored.freshUntil ? stored : null;
  }

  /** Does nothing if `generation` is outdated, or if a partial answer would replace a fresh complete one. */
  store(key: string, representation: RenderedAnswer, freshMs: number, generation: number): void {
    if (freshMs <= 0 || generation !== this.#generation) return;
    if (!representation.complete && this.fresh(key)?.representation.complete === true) return;
    const madeAt = this.#clock.monotonic();
    this.#answers.set(key, { representation, madeAt, freshUntil: madeAt + freshMs });
  }

  drop(): void {
    this.#generation += 1;
    this.#answers.clear();
  }
}
