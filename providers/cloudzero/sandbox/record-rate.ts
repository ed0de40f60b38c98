import type { Clock } from '../../../src/domain/clock.ts';

const recordsPerSecond = 100;
/** A day of records at once. */
export const documentedBurst = 8_640_000;

/** How many telemetry records an organisation may send: a hundred a second, and as many at once as come together in a day. */
export class RecordRate {
  readonly #clock: Clock;
  readonly #burst: number;
  #left: number;
  #at: number;

  constructor(clock: Clock, burst: number) {
    this.#clock = clock;
    this.#burst = burst;
    this.#left = burst;
    this.#at = clock.now();
  }

  /** False, and nothing is taken, where fewer are left. */
  take(records: number): boolean {
    const now = this.#clock.now();
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#at) * recordsPerSecond) / 1000);
    this.#at = now;
    if (this.#left < records) return false;
    this.#left -= records;
    return true;
  }
}
