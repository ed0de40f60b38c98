import { type Charge, chargeSchema } from '../../src/domain/charge.ts';
import type { Table } from '../../src/server/representation/represent-list.ts';

/** Camel case to the column names of FOCUS; custom columns begin with `x_` and stand last. */
const columnName = (field: string): string =>
  field.startsWith('x') && /^x[A-Z]/.test(field)
    ? `x_${field.slice(1)}`
    : `${field.slice(0, 1).toUpperCase()}${field.slice(1)}`;

const numeric = new Set([
  'billedCost',
  'consumedQuantity',
  'contractedCost',
  'effectiveCost',
  'listCost',
  'pricingQuantity',
]);
const fields = chargeSchema.keyof().options;

export const chargeTable: Table<Charge> = {
  columns: fields.map(columnName),
  cells: (charge: Charge) =>
    fields.map((field) => {
      const value = charge[field];
      if (value === null) return null;
      if (numeric.has(field)) return { number: String(value) };
      return { text: Array.isArray(value) ? value.map(columnName).join(' ') : String(value) };
    }),
};
