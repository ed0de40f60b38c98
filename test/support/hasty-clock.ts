import { VirtualClock } from './clock.ts';

/** Waits of ours pass at once, one after the other; timers that only watch fire when a test moves the clock. */
export class HastyClock extends VirtualClock {
  #moves: Promise<void> = Promise.resolve();
  readonly slept: number[] = [];
  override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept.push(milliseconds);
    await this.advance(milliseconds);
    signal?.throwIfAborted();
  }
  /** Moves on until the work is over, whatever it waits for. */
  async during<Value>(work: Promise<Value>, stepMs = 100): Promise<Value> {
    let over = false;
    const end = (): void => {
      over = true;
    };
    work.then(end, end);
    while (!over) await this.advance(stepMs);
    return work;
  }
  override advance(milliseconds: number): Promise<void> {
    this.#moves = this.#moves.then(() => super.advance(milliseconds));
    return this.#moves;
  }
}
