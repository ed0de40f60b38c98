import { addDays, type Day } from '../../src/domain/day.ts';
import { add, compare, decimal, decimalText } from '../../src/domain/decimal.ts';
import type { Turns } from '../../src/domain/turns.ts';
import type { CostReading, Note, ReadingFault, SourceCost } from '../../src/vendor/kit/index.ts';
import type { Grouping } from './dimensions.ts';
import { nullSpellings } from './null-spellings.ts';
import type { WireCost } from './wire.ts';

export const blankToNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined || text.trim() === '' ? null : text;

export interface CostContext {
  readonly grouping: Grouping;
  readonly currency: string;
  readonly start: Day;
  readonly end: Day;
  readonly today: Day;
}

const pathOfCost = (cost: WireCost, grouping: Grouping): string =>
  `costs(${[`day=${cost.day}`, ...grouping.columns.map((column, at) => `${column.id}=${cost.raw[at] ?? 'null'}`)].join(', ')})`;

const sameAmount = (left: string, right: string): boolean =>
  left === right || compare(decimal(left), decimal(right)) === 0;

/** Groups by number, so that a row is found without making a text of it. Pages share the arrays of equal groups. */
const createGroupNumbers = () => {
  const byText = new Map<string, number>();
  const byArray = new Map<readonly (string | null)[], number>();
  return (raw: readonly (string | null)[]): number => {
    const known = byArray.get(raw);
    if (known !== undefined) return known;
    const text = JSON.stringify(raw);
    const number = byText.get(text) ?? byText.size;
    byText.set(text, number);
    byArray.set(raw, number);
    return number;
  };
};

/** Counts repeated rows once; two different amounts for the same day and group are a fault. */
const distinct = async (costs: readonly WireCost[], grouping: Grouping, turns: Turns) => {
  const numberOf = createGroupNumbers();
  const byDay = new Map<Day, Map<number, WireCost>>();
  const kept: WireCost[] = [];
  const faults: ReadingFault[] = [];
  let repeated = 0;
  for (const cost of costs) {
    if (turns.due()) await turns.next();
    const groups = byDay.get(cost.day) ?? new Map<number, WireCost>();
    byDay.set(cost.day, groups);
    const number = numberOf(cost.raw);
    const before = groups.get(number);
    if (before === undefined) {
      groups.set(number, cost);
      kept.push(cost);
    } else if (sameAmount(before.amount, cost.amount)) repeated += 1;
    else {
      faults.push({
        path: pathOfCost(cost, grouping),
        message: `came with two amounts, ${before.amount} and ${cost.amount}; the first is kept`,
      });
    }
  }
  return { kept, repeated, faults };
};

interface SettledGroup {
  /** The values in the order of the question's dimensions. */
  readonly values: readonly (string | null)[];
  /** Equal for groups that differ only in how they spell "none" or in the name of their account; null where no other can be equal. */
  readonly merges: string | null;
}

/** All the vendor's spellings of "none" become null. Pages share the arrays of equal groups, so each is settled once. */
const createSettling = (grouping: Grouping) => {
  const settled = new Map<readonly (string | null)[], SettledGroup>();
  return (raw: readonly (string | null)[]): SettledGroup => {
    const before = settled.get(raw);
    if (before !== undefined) return before;
    const known = raw.map((value) => (value === null || nullSpellings.has(value) ? null : value));
    const own = grouping.names === null ? known : known.toSpliced(grouping.names.column, 1);
    const group = {
      values: grouping.positions.map((position, at) => {
        const value = position === null ? null : (known[position] ?? null);
        return at === grouping.cloud ? (value?.toLowerCase() ?? null) : value;
      }),
      merges: grouping.names !== null || own.includes(null) ? JSON.stringify(own) : null,
    };
    settled.set(raw, group);
    return group;
  };
};

/** Rows of one day whose groups mean the same are added. */
const mergeEqualGroups = async (
  costs: readonly WireCost[],
  { grouping, currency }: CostContext,
  turns: Turns,
): Promise<SourceCost[]> => {
  const items: SourceCost[] = [];
  const merged = new Map<string, number>();
  const settle = createSettling(grouping);
  for (const { day, raw, amount } of costs) {
    if (turns.due()) await turns.next();
    const { values, merges } = settle(raw);
    const key = merges === null ? null : `${day}${merges}`;
    const at = key === null ? undefined : merged.get(key);
    const before = at === undefined ? undefined : items[at];
    if (at !== undefined && before !== undefined) {
      items[at] = { ...before, amount: decimalText(add(decimal(before.amount), decimal(amount))) };
      continue;
    }
    if (key !== null) merged.set(key, items.length);
    items.push({ day, values, amount, currency });
  }
  return items;
};

/** The name of each account, where the vendor has a dimension of names. */
const accountNames = async (
  costs: readonly WireCost[],
  { names }: Grouping,
  turns: Turns,
): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  if (names === null) return found;
  for (const { raw } of costs) {
    if (turns.due()) await turns.next();
    const account = raw[names.account] ?? null;
    const name = raw[names.column] ?? null;
    if (account === null || name === null || nullSpellings.has(account) || nullSpellings.has(name)) continue;
    found.set(account, name);
  }
  return found;
};

/** What came for days that were not asked for. */
export const outsideNote = (rows: number, { start, end }: { readonly start: Day; readonly end: Day }): Note[] => {
  if (rows === 0) return [];
  const message = `CloudZero sent ${rows} figures outside ${start} to ${addDays(end, -1)}; they are left out.`;
  return [{ code: 'outside-range', message }];
};

export const costReading = async (
  costs: readonly WireCost[],
  settling: CostContext,
  turns: Turns,
): Promise<CostReading> => {
  const { grouping, start, end, today } = settling;
  const inside = costs.filter((cost) => cost.day >= start && cost.day < end);
  const { kept, repeated, faults } = await distinct(inside, grouping, turns);
  const notes: Note[] = [...grouping.notes];
  if (repeated > 0) {
    notes.push({ code: 'duplicate-rows', message: `CloudZero sent ${repeated} figures twice; each is counted once.` });
  }
  notes.push(...outsideNote(costs.length - inside.length, { start, end }));
  let completeThrough: Day | null = null;
  for (const cost of kept) {
    if (cost.day < today && (completeThrough === null || cost.day > completeThrough)) completeThrough = cost.day;
  }
  const names = await accountNames(kept, grouping, turns);
  return {
    items: await mergeEqualGroups(kept, settling, turns),
    notes,
    faults,
    completeThrough,
    ...(names.size === 0 ? {} : { labels: { account: names } }),
  };
};
