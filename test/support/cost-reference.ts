import type { CostQuery } from '../../src/costs/query/query.ts';
import type { CostRow } from '../../src/costs/rows/arrange.ts';
import { addDays, type Day, daysIn, earlier, later, nextMonth } from '../../src/domain/day.ts';
import { type GroupKey, isDimension } from '../../src/domain/dimension.ts';
import type { Money } from '../../src/domain/money.ts';
import type { ToyVendor } from './toy-vendor.ts';
import { canonical, valueIn, type WorldRow } from './toy-world.ts';

/** The answer worked out row by row from the vendors' worlds, with nothing of the engine. */
export interface Reference {
  readonly rows: readonly Omit<CostRow, 'labels'>[];
  readonly totals: readonly Money[];
}

const spanOf = (query: CostQuery, day: Day, end: Day): { start: Day; end: Day } => {
  if (query.granularity === 'daily') return { start: day, end: addDays(day, 1) };
  if (query.granularity === 'total') return { start: query.start, end };
  const first = `${day.slice(0, 7)}-01`;
  const last = `${nextMonth(day.slice(0, 7))}-01`;
  return { start: later(first, query.start), end: earlier(last, end) };
};

const textOrder = (left: string | null, right: string | null): number => {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -1 : 1;
};

export const referenceAnswer = (query: CostQuery, vendors: readonly ToyVendor[], today: Day): Reference => {
  const tomorrow = addDays(today, 1);
  const end = earlier(query.end, tomorrow);
  const sums = new Map<string, { start: Day; end: Day; values: (string | null)[]; currency: string; units: bigint }>();
  const totals = new Map<string, bigint>();
  for (const vendor of vendors) {
    const read = (row: WorldRow, key: GroupKey): string | null => (isDimension(key) ? valueIn(row, key) : vendor.name);
    for (const day of daysIn(query.start, end)) {
      for (const row of vendor.rowsOn(day)) {
        if (![...query.filters].every(([key, wanted]) => wanted.includes(read(row, key)))) continue;
        const span = spanOf(query, day, end);
        const values = query.groupBy.map((key) => read(row, key));
        const key = JSON.stringify([span.start, row.currency, values]);
        const sum = sums.get(key) ?? { ...span, values, currency: row.currency, units: 0n };
        sum.units += row.units;
        sums.set(key, sum);
        totals.set(row.currency, (totals.get(row.currency) ?? 0n) + row.units);
      }
    }
  }
  const ordered = [...sums.values()].sort((left, right) => {
    if (left.start !== right.start) return left.start < right.start ? -1 : 1;
    for (const [index, value] of left.values.entries()) {
      const order = textOrder(value, right.values[index] ?? null);
      if (order !== 0) return order;
    }
    return textOrder(left.currency, right.currency);
  });
  return {
    rows: ordered.map(({ start, end: last, values, currency, units }) => ({
      start,
      end: last,
      group: Object.fromEntries(query.groupBy.map((key, index) => [key, values[index] ?? null])),
      cost: { amount: canonical(units), currency },
    })),
    totals: [...totals]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([currency, units]) => ({ amount: canonical(units), currency })),
  };
};
