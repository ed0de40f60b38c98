import type { Day } from '../../domain/day.ts';
import { addAmounts, type ScaledAmount } from '../segments/scaled-amount.ts';
import { addQuantities, type Quantity } from './quantity.ts';

/** The sum of one time bucket, group, currency and rate span. */
export interface Cell {
  readonly bucket: string;
  readonly values: readonly (string | null)[];
  readonly currency: string;
  /** The first day of its rate span. */
  readonly rateFrom: Day;
  /** The connection whose labels apply; the first one where several are added. */
  readonly connection: string;
  amount: ScaledAmount;
  /** What was used; absent where the query did not ask for it. */
  quantity?: Quantity;
}

/** A text that only cells of the same sum share. The lengths say where each value ends. */
export const cellKey = (bucket: string, currency: string, rateFrom: Day, values: Cell['values']): string => {
  let key = `${bucket} ${currency} ${rateFrom}`;
  for (const value of values) key += value === null ? ' -' : ` ${value.length}:${value}`;
  return key;
};

/** Adds another cell of the same query to this one. */
export const addCell = (cell: Cell, other: Cell): void => {
  cell.amount = addAmounts(cell.amount, other.amount);
  if (cell.quantity !== undefined) cell.quantity = addQuantities(cell.quantity, other.quantity ?? null);
};
