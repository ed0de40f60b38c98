import { VirtualClock } from './clock.ts';

/** Every look at it takes a millisecond, so that work takes as long as it looks. */
export class SteppingClock extends VirtualClock {
  #looks = 0;
  override monotonic(): number {
    this.#looks += 1;
    return super.monotonic() + this.#looks;
  }
}
