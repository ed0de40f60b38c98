import { addDays, type Day } from '../../src/domain/day.ts';
import { add, compare, decimal, decimalText } from '../../src/domain/decimal.ts';
import type { CostReading, Note, ReadingFault, SourceCost } from '../../src/vendor/kit/index.ts';
import type { Grouping } from './dimensions.ts';
import type { WireCost } from './wire.ts';

export const blankToNull = (text: string | null | undefined): string | null =>
  text === null || text === undefined || text.trim() === '' ? null : text;

/** How the vendor writes a group that has no value. */
const nullSpellings: ReadonlySet<string> = new Set(['__NULL_PARTITION_VALUE__', '']);

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

/** Counts repeated rows once; two different amounts for the same day and group are a fault. */
const distinct = (costs: readonly WireCost[], grouping: Grouping) => {
  const kept = new Map<string, WireCost>();
  const faults: ReadingFault[] = [];
  let repeated = 0;
  for (const cost of costs) {
    const key = JSON.stringify([cost.day, cost.raw]);
    const before = kept.get(key);
    if (before === undefined) kept.set(key, cost);
    else if (sameAmount(before.amount, cost.amount)) repeated += 1;
    else {
      faults.push({
        path: pathOfCost(cost, grouping),
        message: `came with two amounts, ${before.amount} and ${cost.amount}; the first is kept`,
      });
    }
  }
  return { kept: [...kept.values()], repeated, faults };
};

/** All the vendor's spellings of "none" become null, so rows that differ only in them are added. */
const mergeNullValues = (costs: readonly WireCost[], context: CostContext): SourceCost[] => {
  const items: SourceCost[] = [];
  const withNull = new Map<string, number>();
  for (const cost of costs) {
    const known = cost.raw.map((value) => (value === null || nullSpellings.has(value) ? null : value));
    const values = context.grouping.positions.map((position) => (position === null ? null : (known[position] ?? null)));
    const item = { day: cost.day, values, amount: cost.amount, currency: context.currency };
    const key = known.includes(null) ? JSON.stringify([cost.day, known]) : null;
    const at = key === null ? undefined : withNull.get(key);
    const before = at === undefined ? undefined : items[at];
    if (at !== undefined && before !== undefined) {
      items[at] = { ...before, amount: decimalText(add(decimal(before.amount), decimal(cost.amount))) };
      continue;
    }
    if (key !== null) withNull.set(key, items.length);
    items.push(item);
  }
  return items;
};

export const costReading = (costs: readonly WireCost[], settling: CostContext): CostReading => {
  const { grouping, start, end, today } = settling;
  const inside = costs.filter((cost) => cost.day >= start && cost.day < end);
  const { kept, repeated, faults } = distinct(inside, grouping);
  const notes: Note[] = [...grouping.notes];
  if (repeated > 0) {
    notes.push({ code: 'duplicate-rows', message: `CloudZero sent ${repeated} figures twice; each is counted once.` });
  }
  if (inside.length < costs.length) {
    notes.push({
      code: 'outside-range',
      message: `CloudZero sent ${costs.length - inside.length} figures outside ${start} to ${addDays(end, -1)}; they are left out.`,
    });
  }
  let completeThrough: Day | null = null;
  for (const cost of kept) {
    if (cost.day < today && (completeThrough === null || cost.day > completeThrough)) completeThrough = cost.day;
  }
  return { items: mergeNullValues(kept, settling), notes, faults, completeThrough };
};
