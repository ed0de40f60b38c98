import { type Forecast, forecastSeries } from '../analysis/index.ts';
import {
  addDays,
  type Day,
  daysBetween,
  daysIn,
  earlier,
  later,
  type Month,
  monthEnd,
  monthOf,
  monthStart,
} from '../domain/day.ts';
import { add, type Decimal, zero } from '../domain/decimal.ts';
import { amountOf, type Money, money } from '../domain/money.ts';
import { longItem, type Turns } from '../domain/turns.ts';
import type { CostAnswer } from './engine.ts';
import type { CostRow } from './rows/arrange.ts';

/** A future day or month of one group. */
export interface ForecastRow {
  readonly start: Day;
  readonly end: Day;
  readonly group: Readonly<Record<string, string | null>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly cost: Money;
  readonly lower: Money;
  readonly upper: Money;
  /** `vendor`, or the name of the method that the gateway used. */
  readonly method: string;
  /** True when the whole period is already reported. */
  readonly actual: boolean;
}

export interface ForecastFrame {
  /** The first day of the history. */
  readonly start: Day;
  /** The first day that is not fully reported. */
  readonly from: Day;
  /** The day after the last one that is forecast. */
  readonly horizon: Day;
}

/** Start of the history that a forecast uses: the first day of the month before last. */
export const historyStart = (today: Day): Day => {
  const month = monthStart(monthOf(today));
  return monthStart(monthOf(addDays(monthStart(monthOf(addDays(month, -1))), -1)));
};

/** The earliest day that any vendor of the answer has not fully reported. */
export const firstUnreported = (answer: CostAnswer, today: Day): Day =>
  firstUnreportedOf(
    answer.providers
      .filter(({ status }) => status !== 'failed' && status !== 'unsupported')
      .map(({ completeThrough }) => completeThrough),
    today,
  );

export const firstUnreportedOf = (reported: readonly (Day | null)[], today: Day): Day =>
  reported.map((through) => (through === null ? today : addDays(through, 1))).reduce(earlier, today);

interface ForecastSeries {
  readonly group: CostRow['group'];
  readonly labels: CostRow['labels'];
  readonly currency: string;
  readonly byDay: Map<Day, Decimal>;
}

const forecastSeriesOf = async (rows: readonly CostRow[], from: Day, turns: Turns): Promise<ForecastSeries[]> => {
  const series = new Map<string, ForecastSeries>();
  for (const row of rows) {
    if (turns.due()) await turns.next();
    if (row.start >= from) continue;
    const key = JSON.stringify([row.cost.currency, row.group]);
    const known = series.get(key) ?? {
      group: row.group,
      labels: row.labels,
      currency: row.cost.currency,
      byDay: new Map(),
    };
    known.byDay.set(row.start, add(known.byDay.get(row.start) ?? zero, amountOf(row.cost)));
    series.set(key, known);
  }
  return [...series.values()];
};

/** A day without a row costs zero if the whole range is known; otherwise its amount is null. */
const dailyAmounts = (series: ForecastSeries, frame: ForecastFrame, whole: boolean): (Decimal | null)[] =>
  daysIn(frame.start, frame.from).map((day) => series.byDay.get(day) ?? (whole ? zero : null));

const forecastRow = (
  series: ForecastSeries,
  span: { start: Day; end: Day },
  sums: DailySums,
  method: string,
  actual: boolean,
): ForecastRow => ({
  ...span,
  group: series.group,
  labels: series.labels,
  cost: money(sums.amount, series.currency),
  lower: money(sums.lower, series.currency),
  upper: money(sums.upper, series.currency),
  method,
  actual,
});

interface DailySums {
  readonly amount: Decimal;
  readonly lower: Decimal;
  readonly upper: Decimal;
}

/** Adds known and forecast days per month. Adding the bounds of days makes the bounds of a month too wide, never too narrow. */
const byMonth = (series: ForecastSeries, forecast: Forecast, frame: ForecastFrame): ForecastRow[] => {
  const months = new Map<Month, DailySums>();
  const put = (day: Day, sums: DailySums) => {
    const known = months.get(monthOf(day)) ?? { amount: zero, lower: zero, upper: zero };
    months.set(monthOf(day), {
      amount: add(known.amount, sums.amount),
      lower: add(known.lower, sums.lower),
      upper: add(known.upper, sums.upper),
    });
  };
  const first = monthStart(monthOf(frame.from));
  for (const [day, amount] of series.byDay) if (day >= first) put(day, { amount, lower: amount, upper: amount });
  for (const point of forecast.points) put(point.day, point);
  return [...months].sort().map(([month, sums]) => {
    const span = {
      start: monthStart(month),
      end: earlier(monthEnd(month), later(frame.horizon, addDays(monthStart(month), 1))),
    };
    return forecastRow(series, span, sums, forecast.method, false);
  });
};

/** The forecast of every group, in the order of the groups. */
export const forecastRows = async (
  rows: readonly CostRow[],
  frame: ForecastFrame,
  granularity: 'daily' | 'monthly',
  whole: boolean,
  turns: Turns,
): Promise<ForecastRow[]> => {
  const horizonDays = daysBetween(frame.from, frame.horizon);
  const forecasts: ForecastRow[] = [];
  for (const series of await forecastSeriesOf(rows, frame.from, turns)) {
    const forecast = forecastSeries({ start: frame.start, amounts: dailyAmounts(series, frame, whole), horizonDays });
    const own =
      granularity === 'monthly'
        ? byMonth(series, forecast, frame)
        : forecast.points.map((point) =>
            forecastRow(series, { start: point.day, end: addDays(point.day, 1) }, point, forecast.method, false),
          );
    for (const row of own) forecasts.push(row);
    if (turns.due(longItem)) await turns.next();
  }
  return forecasts;
};
