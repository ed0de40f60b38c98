import type { SourceCost } from '../../vendor/contract/contract.ts';
import type { Interner } from './interner.ts';
import { parseAmount, scaleOf, unitsAt } from './scaled-amount.ts';

/** Quantities of the rows of a block, as `units` at `scale`. Rows without one have the code of null, and 0 units that mean nothing. */
export interface QuantityColumn {
  readonly scale: number;
  readonly units: readonly bigint[];
  /** Positions in the segment's `quantityUnits`. */
  readonly codes: Uint32Array;
}

/** The column of these rows, null where none has a quantity, and how many quantities could not be read. */
export const buildQuantities = (
  rows: readonly SourceCost[],
  quantityUnits: Interner,
): { readonly column: QuantityColumn | null; readonly unreadable: number } => {
  if (rows.every(({ quantity }) => quantity === undefined)) return { column: null, unreadable: 0 };
  const read = rows.map(({ quantity }) =>
    quantity === undefined || quantity.unit.trim() === '' ? null : parseAmount(quantity.amount),
  );
  const known = read.filter((amount) => amount !== null);
  const stated = rows.filter(({ quantity }) => quantity !== undefined).length;
  if (known.length === 0) return { column: null, unreadable: stated };
  const scale = scaleOf(known);
  const column = {
    scale,
    units: read.map((amount) => (amount === null ? 0n : unitsAt(amount, scale))),
    codes: Uint32Array.from(rows, ({ quantity }, index) =>
      quantityUnits.code(read[index] === null ? null : (quantity?.unit ?? null)),
    ),
  };
  return { column, unreadable: stated - known.length };
};
