import type { Day } from '../../src/domain/day.ts';
import type { Turns } from '../../src/domain/turns.ts';
import type { WireCost } from './wire.ts';

/** The figures of one page as text: `rows` is `day,group,amount` by position, separated by semicolons. */
export interface PageRows {
  readonly days: readonly Day[];
  /** The groups that no page before this one has. Their numbers go on from those of the pages before. */
  readonly groups: readonly (readonly (string | null)[])[];
  readonly rows: string;
}

/** Days from `start` up to but not including `end`. */
export interface DaySpan {
  readonly start: Day;
  readonly end: Day;
}

/** Equal for equal values, and for no others: the lengths say where each ends. */
const keyOf = (raw: readonly (string | null)[]): string => {
  let key = '';
  for (const value of raw) key += value === null ? '-' : `${value.length}:${value}`;
  return key;
};

/**
 * The figures of many pages in little memory: group values are held once, and a row is some twenty characters of its
 * page's text until it is asked for.
 */
export class CostTable {
  readonly #groups: (readonly (string | null)[])[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #pages: { readonly days: readonly Day[]; readonly rows: string }[] = [];
  readonly #counts = new Map<Day, number>();

  /** How many rows each day has, by day. */
  get rowsByDay(): readonly (readonly [day: Day, rows: number])[] {
    return [...this.#counts].sort(([left], [right]) => (left < right ? -1 : 1));
  }

  /** The group values that occur, each once. */
  get groups(): readonly (readonly (string | null)[])[] {
    return this.#groups;
  }

  async add(costs: readonly WireCost[], turns: Turns): Promise<PageRows> {
    const days = new Map<Day, number>();
    const groups: (readonly (string | null)[])[] = [];
    const rows: string[] = [];
    for (const { day, raw, amount } of costs) {
      if (turns.due()) await turns.next();
      const key = keyOf(raw);
      let group = this.#numbers.get(key);
      if (group === undefined) {
        group = this.#groups.length;
        this.#numbers.set(key, group);
        this.#groups.push(raw);
        groups.push(raw);
      }
      let at = days.get(day);
      if (at === undefined) {
        at = days.size;
        days.set(day, at);
      }
      this.#counts.set(day, (this.#counts.get(day) ?? 0) + 1);
      rows.push(`${at},${group},${amount}`);
    }
    const page = { days: [...days.keys()], rows: rows.join(';') };
    this.#pages.push(page);
    return { ...page, groups };
  }

  /** Adds a page that `add` has made into text; false where it is no such text. */
  async restore({ days, groups, rows }: PageRows, turns: Turns): Promise<boolean> {
    for (const group of groups) {
      this.#numbers.set(keyOf(group), this.#groups.length);
      this.#groups.push(group);
    }
    for (const cost of this.#read({ days, rows })) {
      if (turns.due()) await turns.next();
      if (cost === null) return false;
      this.#counts.set(cost.day, (this.#counts.get(cost.day) ?? 0) + 1);
    }
    this.#pages.push({ days, rows });
    return true;
  }

  /** The figures of these days, in the order in which they came. Equal groups are the same array. */
  async costsIn({ start, end }: DaySpan, turns: Turns): Promise<WireCost[]> {
    const found: WireCost[] = [];
    for (const page of this.#pages) {
      if (!page.days.some((day) => day >= start && day < end)) continue;
      for (const cost of this.#read(page)) {
        if (turns.due()) await turns.next();
        if (cost !== null && cost.day >= start && cost.day < end) found.push(cost);
      }
    }
    return found;
  }

  /** Null for a row that names no day or no group. */
  *#read({ days, rows }: { readonly days: readonly Day[]; readonly rows: string }): Generator<WireCost | null> {
    for (let from = 0; from < rows.length; ) {
      const first = rows.indexOf(',', from);
      const second = rows.indexOf(',', first + 1);
      const semicolon = rows.indexOf(';', second);
      const to = semicolon === -1 ? rows.length : semicolon;
      const day = days[Number(rows.slice(from, first))];
      const raw = this.#groups[Number(rows.slice(first + 1, second))];
      const isRow = first !== -1 && second !== -1 && second < to && day !== undefined && raw !== undefined;
      yield isRow ? { day, raw, amount: rows.slice(second + 1, to) } : null;
      from = to + 1;
    }
  }
}
