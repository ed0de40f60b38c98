import type { Turns } from '../../domain/turns.ts';
import type { SourceCost } from '../../vendor/contract/contract.ts';
import type { Interner } from './interner.ts';
import { parseAmount, type ScaledAmount, unitsAt } from './scaled-amount.ts';

/** Quantities of the rows of a block, as `units` at `scale`. Rows without one have the code of null, and 0 units that mean nothing. */
export interface QuantityColumn {
  readonly scale: number;
  readonly units: readonly bigint[];
  /** Positions in the segment's `quantityUnits`. */
  readonly codes: Uint32Array;
}

/** The column of these rows, null where none has a quantity, and how many quantities could not be read. */
export const buildQuantities = async (
  rows: readonly SourceCost[],
  quantityUnits: Interner,
  turns: Turns,
): Promise<{ readonly column: QuantityColumn | null; readonly unreadable: number }> => {
  if (rows.every(({ quantity }) => quantity === undefined)) return { column: null, unreadable: 0 };
  const read: (ScaledAmount | null)[] = [];
  let known = 0;
  let stated = 0;
  let scale = 0;
  for (const { quantity } of rows) {
    if (turns.due()) await turns.next();
    const amount = quantity === undefined || quantity.unit.trim() === '' ? null : parseAmount(quantity.amount);
    read.push(amount);
    if (quantity !== undefined) stated += 1;
    if (amount === null) continue;
    known += 1;
    scale = Math.max(scale, amount.scale);
  }
  if (known === 0) return { column: null, unreadable: stated };
  const units: bigint[] = [];
  const codes = new Uint32Array(rows.length);
  for (const [at, { quantity }] of rows.entries()) {
    if (turns.due()) await turns.next();
    const amount = read[at] ?? null;
    units.push(amount === null ? 0n : unitsAt(amount, scale));
    codes[at] = quantityUnits.code(amount === null ? null : (quantity?.unit ?? null));
  }
  return { column: { scale, units, codes }, unreadable: stated - known };
};
