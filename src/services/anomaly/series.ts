import type { CostRow } from '../../costs/rows/arrange.ts';
import type { Day } from '../../domain/day.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Dimension } from '../../domain/dimension.ts';
import { amountOf } from '../../domain/money.ts';
import type { Turns } from '../../domain/turns.ts';

/** The days of one group in one currency. */
export interface GroupSeries {
  readonly values: readonly (string | null)[];
  /** Name of the group, made from labels where the vendor has them. */
  readonly name: string;
  readonly currency: string;
  /** True for the first currency of the group. Most groups have only one. */
  readonly first: boolean;
  readonly amounts: ReadonlyMap<Day, Decimal>;
}

const groupName = ({ group, labels }: CostRow, groupBy: readonly Dimension[]): string =>
  groupBy.map((key) => labels[key] ?? group[key] ?? `no ${key}`).join(', ') || 'all costs';

/** One series per group and currency, in order of appearance. */
export const seriesOf = async (
  rows: readonly CostRow[],
  groupBy: readonly Dimension[],
  turns: Turns,
): Promise<GroupSeries[]> => {
  const groups = new Map<string, Map<string, Omit<GroupSeries, 'first'> & { amounts: Map<Day, Decimal> }>>();
  for (const row of rows) {
    if (turns.due()) await turns.next();
    if (row.other === true) continue;
    const values = groupBy.map((key) => row.group[key] ?? null);
    const group = JSON.stringify(values);
    const byCurrency =
      groups.get(group) ?? new Map<string, Omit<GroupSeries, 'first'> & { amounts: Map<Day, Decimal> }>();
    groups.set(group, byCurrency);
    const { currency } = row.cost;
    const series = byCurrency.get(currency) ?? { values, name: groupName(row, groupBy), currency, amounts: new Map() };
    byCurrency.set(currency, series);
    series.amounts.set(row.start, amountOf(row.cost));
  }
  return [...groups.values()].flatMap((byCurrency) => {
    const [first] = [...byCurrency.keys()].sort();
    return [...byCurrency.values()].map((series) => ({ ...series, first: series.currency === first }));
  });
};
