interface Slot {
  readonly from: number;
  last: number;
  amount: number;
}

/** Resolution of a window: a count takes at most this many slots. */
const slotsPerWindow = 600;

/** What was used in the last `windowMs`. A unit leaves a 600th of the window late at most, and never early. */
export class RollingCount {
  readonly #windowMs: number;
  #slots: Slot[] = [];
  #spent = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  spent(now: number): number {
    const gone = this.#slots.findIndex((slot) => slot.last > now - this.#windowMs);
    const left = gone === -1 ? this.#slots.splice(0) : this.#slots.splice(0, gone);
    for (const slot of left) this.#spent -= slot.amount;
    return this.#spent;
  }

  add(now: number, amount: number): void {
    const newest = this.#slots.at(-1);
    if (newest !== undefined && now - newest.from < this.#windowMs / slotsPerWindow) {
      newest.last = now;
      newest.amount += amount;
    } else this.#slots.push({ from: now, last: now, amount });
    this.#spent += amount;
  }

  /** When fewer than `limit` will be left; 0 if they are now. */
  freeInMs(now: number, limit: number): number {
    let left = this.spent(now);
    if (left < limit) return 0;
    for (const { last, amount } of this.#slots) {
      left -= amount;
      if (left < limit) return last + this.#windowMs - now;
    }
    return this.#windowMs;
  }

  /** When the oldest unit leaves; 0 if there is none. */
  resetInMs(now: number): number {
    this.spent(now);
    const oldest = this.#slots[0];
    return oldest === undefined ? 0 : oldest.last + this.#windowMs - now;
  }
}
