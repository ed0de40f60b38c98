import { randomBytes } from 'node:crypto';
import type { Clock } from '../../src/domain/clock.ts';
import { dayOfInstant } from '../../src/domain/day.ts';

interface Waiting {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it. */
export class VirtualClock implements Clock {
  #now: number;
  #elapsed = 0;
  #ids = 0;
  #waiting: Waiting[] = [];
  constructor(start = '2026-11-21T10:00:00Z') {
    this.#now = Date.parse(start);
  }
  now(): number {
    return this.#now;
  }
  monotonic(): number {
    return this.#elapsed;
  }
  today(): string {
    return dayOfInstant(this.#now);
  }
  random(): number {
    return 0.5;
  }
  id(): string {
    this.#ids += 1;
    return `id-${this.#ids}`;
  }
  bytes(length: number): Buffer {
    return randomBytes(length);
  }
  after(milliseconds: number, action: () => void): () => void {
    const entry = { at: this.#elapsed + Math.max(0, milliseconds), wake: action };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const cancel = this.after(milliseconds, resolve);
      signal?.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
  }
  /** Moves time on; whatever is due wakes in order. Work that a wake-up starts gets to run before the next one. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#elapsed + milliseconds;
    for (;;) {
      await settle();
      const next = this.#waiting.filter((entry) => entry.at <= end).sort((left, right) => left.at - right.at)[0];
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((entry) => entry !== next);
      this.#now += next.at - this.#elapsed;
      this.#elapsed = next.at;
      next.wake();
    }
    this.#now += end - this.#elapsed;
    this.#elapsed = end;
    await settle();
  }
  /** Moves only the wall clock, as an administrator would. */
  jump(milliseconds: number): void {
    this.#now += milliseconds;
  }
  get waiting(): number {
    return this.#waiting.length;
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
