import { forecastSeries } from '../../src/analysis/forecast.ts';
import { halfWidths } from '../../src/analysis/intervals.ts';
import { type Forecaster, seasonalTrend } from '../../src/analysis/seasonal-model.ts';
import { at, mean, median } from '../../src/analysis/statistics.ts';
import { dayFromNumber } from '../../src/domain/day.ts';
import { type Decimal, decimal, decimalText } from '../../src/domain/decimal.ts';
import type { Augurs } from './augurs.ts';
import { holtWinters } from './holt-winters.ts';
import { filled, seasonalMedian } from './seasonal-median.ts';

export interface Band {
  readonly middle: number;
  readonly lower: number;
  readonly upper: number;
}
export type Candidate = (values: readonly number[], first: number, horizon: number) => Band[];

const combined =
  (combine: (values: readonly number[]) => number, ...forecasters: readonly Forecaster[]): Forecaster =>
  (values, first, horizon) => {
    const all = forecasters.map((forecaster) => forecaster(values, first, horizon));
    return Array.from({ length: horizon }, (_, index) => combine(all.map((points) => at(points, index))));
  };

/** Adds intervals from the forecaster's errors in earlier weeks, by the method of the gateway. */
const withBands =
  (forecaster: Forecaster): Candidate =>
  (values, first, horizon) => {
    const middles = forecaster(values, first, horizon);
    const halves = halfWidths(forecaster, values, first, middles, 0.8);
    return middles.map((middle, index) => ({
      middle,
      lower: middle - at(halves, index),
      upper: middle + at(halves, index),
    }));
  };

export const asAmounts = (values: readonly number[]): (Decimal | null)[] =>
  values.map((value) => (Number.isFinite(value) ? decimal(value.toFixed(6)) : null));
export const asNumber = (amount: Decimal): number => Number(decimalText(amount));

/** The method that the gateway uses, including the conversion from and to money. */
export const chosen: Candidate = (values, first, horizon) =>
  forecastSeries({ start: dayFromNumber(first), amounts: asAmounts(values), horizonDays: horizon }).points.map(
    ({ amount, lower, upper }) => ({ middle: asNumber(amount), lower: asNumber(lower), upper: asNumber(upper) }),
  );

export const naive: Candidate = withBands(seasonalMedian(1));

const fromAugurs =
  (augurs: Augurs): Candidate =>
  (values, first, horizon) => {
    const prediction = augurs(filled(values), horizon);
    if (prediction === null) return naive(values, first, horizon);
    return prediction.point.map((middle, index) => ({
      middle,
      lower: prediction.intervals?.lower[index] ?? middle,
      upper: prediction.intervals?.upper[index] ?? middle,
    }));
  };

export const candidates = (augurs: Augurs | null): ReadonlyMap<string, Candidate> =>
  new Map([
    ['seasonal-naive', naive],
    ['seasonal median, 4 weeks', withBands(seasonalMedian(4))],
    ['Holt-Winters, damped', withBands(holtWinters)],
    ['seasonal trend (chosen)', chosen],
    ['mean of trend and median', withBands(combined(mean, seasonalTrend, seasonalMedian(4)))],
    ['median of the three', withBands(combined(median, seasonalTrend, seasonalMedian(4), holtWinters))],
    ...(augurs === null ? [] : ([['augurs MSTL + ETS', fromAugurs(augurs)]] as const)),
  ]);
