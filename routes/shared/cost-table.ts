import type { CostRow } from '../../src/costs/rows/arrange.ts';
import type { Table } from '../../src/server/representation/represent-list.ts';

/** Cost rows in a spreadsheet: the period, the groups, the names of ids where there are any, the amount. */
export const costTable = (keys: readonly string[]): Table<CostRow> => ({
  columns: ['start', 'end', ...keys.flatMap((key) => [key, `${key}Label`]), 'amount', 'currency', 'other'],
  cells: (row) => [
    { text: row.start },
    { text: row.end },
    ...keys.flatMap((key) => {
      const value = row.group[key] ?? null;
      const label = row.labels[key];
      return [value === null ? null : { text: value }, label === undefined ? null : { text: label }];
    }),
    { number: row.cost.amount },
    { text: row.cost.currency },
    row.other === true ? { text: 'true' } : null,
  ],
});
