import type { Day } from '../../domain/day.ts';
import type { Money } from '../../domain/money.ts';
import { sortInTurns } from '../../domain/sort.ts';
import type { Turns } from '../../domain/turns.ts';
import type { CostQuery } from '../query/query.ts';
import { addAmounts, compareAmounts, noAmount, printAmount, type ScaledAmount } from '../segments/scaled-amount.ts';
import { bucketSpan } from './aggregate.ts';
import { addCell, type Cell } from './cell.ts';
import type { Quantity } from './quantity.ts';
import type { Slice } from './slice.ts';

export interface CostRow {
  readonly start: Day;
  readonly end: Day;
  readonly group: Readonly<Record<string, string | null>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly cost: Money;
  readonly other?: true;
  /** What was used, summed in its unit; null where that cannot be said. Absent where the query did not ask. */
  readonly quantity?: { readonly amount: string; readonly unit: string } | null;
}

/** Names of ids, by connection and dimension: two vendors may name the same id differently. */
export type Labels = ReadonlyMap<string, ReadonlyMap<string, string>>;

const labelKey = (connection: string, dimension: string): string => `${connection} ${dimension}`;

export const labelsOf = async (slices: readonly Slice[], turns: Turns): Promise<Labels> => {
  const labels = new Map<string, Map<string, string>>();
  for (const { connection, segment } of slices) {
    for (const [dimension, names] of Object.entries(segment.labels)) {
      const key = labelKey(connection, dimension);
      const known = labels.get(key) ?? new Map<string, string>();
      for (const [value, name] of Object.entries(names)) {
        known.set(value, name);
        if (turns.due()) await turns.next();
      }
      labels.set(key, known);
    }
  }
  return labels;
};

const compareValues = (left: readonly (string | null)[], right: readonly (string | null)[]): number => {
  for (let index = 0; index < left.length; index += 1) {
    const [one = null, other = null] = [left[index], right[index]];
    if (one === other) continue;
    if (one === null) return 1;
    if (other === null) return -1;
    return one < other ? -1 : 1;
  }
  return 0;
};

const compareTexts = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);

const byStart = (left: Cell, right: Cell): number =>
  compareTexts(left.bucket, right.bucket) ||
  compareValues(left.values, right.values) ||
  compareTexts(left.currency, right.currency);

/** Keeps the groups with the largest totals, and adds the others to one cell per bucket and currency. */
const keepTop = async (
  cells: readonly Cell[],
  top: number,
  turns: Turns,
): Promise<{ kept: Cell[]; others: Cell[] }> => {
  const totals = new Map<string, ScaledAmount>();
  const nameOf = (cell: Cell) => JSON.stringify([cell.currency, cell.values]);
  const names: string[] = [];
  for (const cell of cells) {
    const name = nameOf(cell);
    names.push(name);
    totals.set(name, addAmounts(totals.get(name) ?? noAmount, cell.amount));
    if (turns.due()) await turns.next();
  }
  const ranked = await sortInTurns(
    [...totals],
    ([leftName, left], [rightName, right]) => compareAmounts(right, left) || (leftName < rightName ? -1 : 1),
    turns,
  );
  const topNames = new Set(ranked.slice(0, top).map(([name]) => name));
  const kept: Cell[] = [];
  const others = new Map<string, Cell>();
  for (const [index, cell] of cells.entries()) {
    if (turns.due()) await turns.next();
    if (topNames.has(names[index] ?? '')) {
      kept.push(cell);
      continue;
    }
    const key = `${cell.bucket} ${cell.currency}`;
    const known = others.get(key);
    if (known === undefined) others.set(key, { ...cell, values: cell.values.map(() => null) });
    else addCell(known, cell);
  }
  return { kept, others: [...others.values()] };
};

/** The rows of the answer, in its order. */
export const arrange = async (
  query: CostQuery,
  cells: readonly Cell[],
  labels: Labels,
  end: Day,
  turns: Turns,
): Promise<CostRow[]> => {
  const { kept, others } = query.top === null ? { kept: cells, others: [] } : await keepTop(cells, query.top, turns);
  const sign = query.sort === '-cost' ? -1 : 1;
  const order = (left: Cell, right: Cell) =>
    (query.sort === 'start' ? 0 : sign * compareAmounts(left.amount, right.amount)) || byStart(left, right);
  const rows: CostRow[] = [];
  const spanOf = createSpans(query, end);
  for (const cell of await sortInTurns(kept, order, turns)) {
    rows.push(costRow(query, cell, labels, spanOf(cell.bucket)));
    if (turns.due()) await turns.next();
  }
  for (const cell of await sortInTurns(others, byStart, turns)) {
    rows.push({ ...costRow(query, cell, labels, spanOf(cell.bucket)), other: true });
    if (turns.due()) await turns.next();
  }
  if (query.sort !== 'start' || others.length === 0) return rows;
  return sortInTurns(rows, (left, right) => compareTexts(left.start, right.start), turns);
};

type DaySpan = Pick<CostRow, 'start' | 'end'>;

/** The days of each bucket, worked out once. */
const createSpans = (query: CostQuery, end: Day): ((bucket: string) => DaySpan) => {
  const known = new Map<string, DaySpan>();
  return (bucket) => {
    const span = known.get(bucket) ?? bucketSpan(query, bucket, end);
    known.set(bucket, span);
    return span;
  };
};

const costRow = (query: CostQuery, cell: Cell, labels: Labels, span: DaySpan): CostRow => {
  const group = query.groupBy.map((key, index): [string, string | null] => [key, cell.values[index] ?? null]);
  const names = group.flatMap(([key, value]): [string, string][] => {
    const label = value === null ? undefined : labels.get(labelKey(cell.connection, key))?.get(value);
    return label === undefined ? [] : [[key, label]];
  });
  return {
    ...span,
    group: Object.fromEntries(group),
    labels: Object.fromEntries(names),
    cost: { amount: printAmount(cell.amount), currency: cell.currency },
    ...(cell.quantity === undefined ? {} : { quantity: printQuantity(cell.quantity) }),
  };
};

const printQuantity = (quantity: Quantity): { amount: string; unit: string } | null =>
  quantity === null ? null : { amount: printAmount(quantity), unit: quantity.unit };

/** One total per currency. */
export const totalsOf = async (cells: readonly Pick<Cell, 'amount' | 'currency'>[], turns: Turns): Promise<Money[]> => {
  const totals = new Map<string, ScaledAmount>();
  for (const { amount, currency } of cells) {
    totals.set(currency, addAmounts(totals.get(currency) ?? noAmount, amount));
    if (turns.due()) await turns.next();
  }
  return [...totals]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, total]) => ({ amount: printAmount(total), currency }));
};
