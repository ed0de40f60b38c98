import type { Clock } from '../../../src/domain/clock.ts';

const lifetimeMs = 86_400_000;
const setsMax = 40;

export interface ResultPage<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly pages: number;
  /** Cursors of the next and the previous page; null if there is none. */
  readonly next: string | null;
  readonly previous: string | null;
}

/** The rows of a query at the time it ran. Their cursors are valid for a day. */
export class ResultSets<Item> {
  readonly #clock: Clock;
  readonly #sets = new Map<string, { readonly items: readonly Item[]; readonly size: number; readonly at: number }>();
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  first(items: readonly Item[], size: number): ResultPage<Item> {
    this.#count += 1;
    const id = `set${this.#count}`;
    const set = { items, size, at: this.#clock.now() };
    this.#sets.set(id, set);
    for (const oldest of this.#sets.keys()) {
      if (this.#sets.size <= setsMax) break;
      this.#sets.delete(oldest);
    }
    return this.#page(id, set, 0);
  }

  /** Null for a text that is not a cursor. */
  follow(cursor: string): ResultPage<Item> | 'expired' | null {
    const match = /^(set\d+)\.(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [, id = '', offset = ''] = match ?? [];
    if (match === null) return null;
    const set = this.#sets.get(id);
    if (set === undefined || this.#clock.now() - set.at >= lifetimeMs) return 'expired';
    return Number(offset) > set.items.length ? null : this.#page(id, set, Number(offset));
  }

  #page(id: string, set: { readonly items: readonly Item[]; readonly size: number }, offset: number): ResultPage<Item> {
    const cursor = (at: number): string => Buffer.from(`${id}.${at}`).toString('base64url');
    const end = offset + set.size;
    return {
      items: set.items.slice(offset, end),
      total: set.items.length,
      pages: Math.max(1, Math.ceil(set.items.length / set.size)),
      next: end < set.items.length ? cursor(end) : null,
      previous: offset > 0 ? cursor(Math.max(0, offset - set.size)) : null,
    };
  }
}

/** The pagination object of the live dialect. */
export const livePagination = <Item>(page: ResultPage<Item>) => ({
  page_count: page.pages,
  item_count: page.items.length,
  total_count: page.total,
  cursor: {
    next_cursor: page.next,
    previous_cursor: page.previous,
    has_next: page.next !== null,
    has_previous: page.previous !== null,
  },
});
