import { add } from '../domain/decimal.ts';
import type { GroupKey } from '../domain/dimension.ts';
import { amountOf, type Money, money } from '../domain/money.ts';
import type { Turns } from '../domain/turns.ts';
import type { ForecastRow } from './forecast.ts';

const sumOf = (left: Money, right: Money): Money => money(add(amountOf(left), amountOf(right)), left.currency);

/** The sum's bounds are the sums of the bounds, which makes them too wide, never too narrow. */
const together = (left: ForecastRow, right: ForecastRow): ForecastRow => ({
  ...left,
  cost: sumOf(left.cost, right.cost),
  lower: sumOf(left.lower, right.lower),
  upper: sumOf(left.upper, right.upper),
  method: left.method === right.method ? left.method : 'mixed',
});

/** Forecasts of each connection added up by fewer groups, so that every grouping of the same costs has the same sum. */
export const sumForecasts = async (
  rows: readonly ForecastRow[],
  groupBy: readonly GroupKey[],
  turns: Turns,
): Promise<ForecastRow[]> => {
  const groups = new Map<string, Map<string, ForecastRow>>();
  for (const row of rows) {
    if (turns.due()) await turns.next();
    const group = Object.fromEntries(groupBy.map((key) => [key, row.group[key] ?? null]));
    const name = JSON.stringify([row.cost.currency, group]);
    const points = groups.get(name) ?? new Map<string, ForecastRow>();
    groups.set(name, points);
    const known = points.get(row.start);
    const own = { ...row, group };
    points.set(row.start, known === undefined ? own : together(known, own));
  }
  return [...groups.values()].flatMap((points) =>
    [...points.values()].sort((left, right) => (left.start < right.start ? -1 : 1)),
  );
};
