import type { Day } from '../../domain/day.ts';
import type { Money } from '../../domain/money.ts';
import type { CostQuery } from '../query/query.ts';
import { addAmounts, compareAmounts, noAmount, printAmount, type ScaledAmount } from '../segments/scaled-amount.ts';
import { bucketSpan, type Slice } from './aggregate.ts';
import { addCell, type Cell } from './cell.ts';
import type { Quantity } from './quantity.ts';

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

export const labelsOf = (slices: readonly Slice[]): Labels => {
  const labels = new Map<string, Map<string, string>>();
  for (const { connection, segment } of slices) {
    for (const [dimension, names] of Object.entries(segment.labels)) {
      const key = labelKey(connection, dimension);
      const known = labels.get(key) ?? new Map<string, string>();
      for (const [value, name] of Object.entries(names)) known.set(value, name);
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

const byStart = (left: Cell, right: Cell): number =>
  compareValues([left.bucket, ...left.values, left.currency], [right.bucket, ...right.values, right.currency]);

/** Keeps the groups with the largest totals, and adds the others to one cell per bucket and currency. */
const keepTop = (cells: readonly Cell[], top: number): { kept: Cell[]; others: Cell[] } => {
  const totals = new Map<string, ScaledAmount>();
  const nameOf = (cell: Cell) => JSON.stringify([cell.currency, cell.values]);
  for (const cell of cells) totals.set(nameOf(cell), addAmounts(totals.get(nameOf(cell)) ?? noAmount, cell.amount));
  const ranked = [...totals].sort(
    ([leftName, left], [rightName, right]) => compareAmounts(right, left) || (leftName < rightName ? -1 : 1),
  );
  const names = new Set(ranked.slice(0, top).map(([name]) => name));
  const others = new Map<string, Cell>();
  for (const cell of cells) {
    if (names.has(nameOf(cell))) continue;
    const key = `${cell.bucket} ${cell.currency}`;
    const known = others.get(key);
    if (known === undefined) others.set(key, { ...cell, values: cell.values.map(() => null) });
    else addCell(known, cell);
  }
  return { kept: cells.filter((cell) => names.has(nameOf(cell))), others: [...others.values()] };
};

export const arrange = (query: CostQuery, cells: readonly Cell[], labels: Labels, end: Day): CostRow[] => {
  const { kept, others } = query.top === null ? { kept: [...cells], others: [] } : keepTop(cells, query.top);
  const sign = query.sort === '-cost' ? -1 : 1;
  const order = (left: Cell, right: Cell) =>
    (query.sort === 'start' ? 0 : sign * compareAmounts(left.amount, right.amount)) || byStart(left, right);
  const rows = [
    ...kept.sort(order).map((cell) => costRow(query, cell, labels, end)),
    ...others.sort(byStart).map((cell) => ({ ...costRow(query, cell, labels, end), other: true as const })),
  ];
  if (query.sort !== 'start' || others.length === 0) return rows;
  return rows.sort((left, right) => (left.start === right.start ? 0 : left.start < right.start ? -1 : 1));
};

const costRow = (query: CostQuery, cell: Cell, labels: Labels, end: Day): CostRow => {
  const group = query.groupBy.map((key, index): [string, string | null] => [key, cell.values[index] ?? null]);
  const names = group.flatMap(([key, value]): [string, string][] => {
    const label = value === null ? undefined : labels.get(labelKey(cell.connection, key))?.get(value);
    return label === undefined ? [] : [[key, label]];
  });
  return {
    ...bucketSpan(query, cell.bucket, end),
    group: Object.fromEntries(group),
    labels: Object.fromEntries(names),
    cost: { amount: printAmount(cell.amount), currency: cell.currency },
    ...(cell.quantity === undefined ? {} : { quantity: printQuantity(cell.quantity) }),
  };
};

const printQuantity = (quantity: Quantity): { amount: string; unit: string } | null =>
  quantity === null ? null : { amount: printAmount(quantity), unit: quantity.unit };

/** One total per currency. */
export const totalsOf = (cells: readonly Pick<Cell, 'amount' | 'currency'>[]): Money[] => {
  const totals = new Map<string, ScaledAmount>();
  for (const { amount, currency } of cells) totals.set(currency, addAmounts(totals.get(currency) ?? noAmount, amount));
  return [...totals]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, total]) => ({ amount: printAmount(total), currency }));
};
