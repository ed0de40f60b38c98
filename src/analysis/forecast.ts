import { addDays, type Day, dayNumber } from '../domain/day.ts';
import type { Decimal } from '../domain/decimal.ts';
import { halfWidths, shortHalfWidth } from './intervals.ts';
import { scaleSeries, unscale } from './scaled-series.ts';
import { relevantDays, seasonalTrend } from './seasonal-model.ts';
import { known, median } from './statistics.ts';

interface ForecastInput {
  /** The day of the first amount. */
  readonly start: Day;
  /** One per day; `null` means that the amount is unknown, not zero. */
  readonly amounts: readonly (Decimal | null)[];
  /** Number of days to forecast after the last amount. */
  readonly horizonDays: number;
  /** The share of days inside the interval. */
  readonly level?: 0.8;
}

export interface ForecastPoint {
  readonly day: Day;
  readonly amount: Decimal;
  /** Never above the amount. Below zero only if a past amount was. */
  readonly lower: Decimal;
  readonly upper: Decimal;
}

export interface Forecast {
  /**
   * `seasonal`: weekdays, damped trend and days of the month. `level`: the median, for less than two weeks of data.
   * `none`: no day is known, so there are no points.
   */
  readonly method: 'seasonal' | 'level' | 'none';
  readonly points: readonly ForecastPoint[];
}

/** Two weeks, for at least two values of each weekday. */
const seasonalDaysMin = 14;
const shortLevelDays = 7;

export const forecastSeries = ({ start, amounts, horizonDays, level: share = 0.8 }: ForecastInput): Forecast => {
  const series = scaleSeries(amounts);
  const { values, first } = relevantDays(series.values, dayNumber(start));
  const knownValues = known(values);
  if (knownValues.length === 0) return { method: 'none', points: [] };

  const estimate = (): { method: Forecast['method']; middles: number[]; halves: number[] } => {
    if (knownValues.length < seasonalDaysMin) {
      const level = median(knownValues.slice(-shortLevelDays));
      const half = shortHalfWidth(knownValues, level, share);
      const flat = (value: number) => Array.from({ length: horizonDays }, () => value);
      return { method: 'level', middles: flat(level), halves: flat(half) };
    }
    const middles = seasonalTrend(values, first, horizonDays);
    return { method: 'seasonal', middles, halves: halfWidths(seasonalTrend, values, first, middles, share) };
  };
  const { method, middles, halves } = estimate();

  const neverNegative = series.values.every((value) => !(value < 0));
  const atLeastZero = (value: number): number => (neverNegative ? Math.max(0, value) : value);
  const next = addDays(start, amounts.length);
  const points = middles.map((middle, index) => {
    const half = halves[index] ?? 0;
    return {
      day: addDays(next, index),
      amount: unscale(atLeastZero(middle), series),
      lower: unscale(atLeastZero(middle - half), series),
      upper: unscale(atLeastZero(middle + half), series),
    };
  });
  return { method, points };
};
