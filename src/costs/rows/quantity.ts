import { addAmounts, type ScaledAmount } from '../segments/scaled-amount.ts';
import type { Block, Segment } from '../segments/segment.ts';

/** What was used, in one unit. Null: a row of the sum has none, or rows have different units. */
export type Quantity = (ScaledAmount & { readonly unit: string }) | null;

/** The quantity of a row of a block. */
export type QuantityReader = (row: number) => Quantity;

/** `left` is absent before the first row. */
export const addQuantities = (left: Quantity | undefined, right: Quantity): Quantity => {
  if (left === undefined) return right;
  return left === null || right === null || left.unit !== right.unit
    ? null
    : { ...addAmounts(left, right), unit: left.unit };
};

export const quantityReader =
  ({ quantityUnits = [] }: Segment, { quantities }: Block): QuantityReader =>
  (row) => {
    const unit = quantityUnits[quantities?.codes[row] ?? -1] ?? null;
    if (quantities === undefined || unit === null) return null;
    return { units: quantities.units[row] ?? 0n, scale: quantities.scale, unit };
  };
