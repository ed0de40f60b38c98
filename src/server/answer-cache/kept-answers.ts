import { LRUCache } from 'lru-cache';
import type { Clock } from '../../domain/clock.ts';
import type { RenderedAnswer } from './representation.ts';

export interface KeptAnswer {
  readonly representation: RenderedAnswer;
  /** Values of the monotonic clock. */
  readonly madeAt: number;
  readonly freshUntil: number;
}

/** What an entry takes beside its bytes, about. */
const overheadBytes = 1024;
const bytesPerCharacter = 2;

/** Finished answers for a short time, bounded by their bytes. */
export class KeptAnswers {
  readonly #clock: Clock;
  readonly #answers: LRUCache<string, KeptAnswer>;
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

  /** Grows with every `drop`. */
  get generation(): number {
    return this.#generation;
  }

  fresh(key: string): KeptAnswer | null {
    const kept = this.#answers.get(key);
    return kept !== undefined && this.#clock.monotonic() < kept.freshUntil ? kept : null;
  }

  /** Unless everything was dropped while it was made, or what is kept is whole and this is not. */
  keep(key: string, representation: RenderedAnswer, freshMs: number, generation: number): void {
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
