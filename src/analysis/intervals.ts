import type { Forecaster } from './seasonal-model.ts';
import { at, mean, median, quantile } from './statistics.ts';

/**
 * The width of an interval comes from past errors, not from a model: the forecaster is run for earlier weeks, and the
 * quantile of its errors is the width (split conformal prediction).
 */
const foldsMax = 8;
const daysBetweenFolds = 7;
const foldDaysMin = 21;
/** Errors grow with the days ahead, so they are grouped by distance. */
const distances = [7, 14, 30];
const errorsMin = 7;

/** The divisor of errors. Grows with the forecast, but does not vanish on cheap weekends. */
const intervalScale = (expected: number, typical: number): number => 0.7 * Math.abs(expected) + 0.3 * typical;

/** The minimum half-width for `days` days of data, as a share of the amount. */
export const leastShare = (days: number): number => (days < 4 * daysBetweenFolds ? 0.5 / Math.sqrt(days) : 0);

/** For every point, the half-width of the interval that should contain `share` of the days. */
export const halfWidths = (
  forecaster: Forecaster,
  values: readonly number[],
  first: number,
  points: readonly number[],
  share: number,
): number[] => {
  const typical = median(values.slice(-4 * daysBetweenFolds).map(Math.abs)) || 0;
  const byDistance: number[][] = distances.map(() => []);
  for (let fold = 1; fold <= foldsMax; fold += 1) {
    const origin = values.length - fold * daysBetweenFolds;
    if (origin < foldDaysMin) break;
    const length = Math.min(fold * daysBetweenFolds, points.length, at(distances, distances.length - 1));
    const forecast = forecaster(values.slice(0, origin), first, length);
    for (const [index, expected] of forecast.entries()) {
      const scale = intervalScale(expected, typical);
      const error = Math.abs(at(values, origin + index) - expected) / scale;
      if (scale > 0 && Number.isFinite(error)) byDistance[distances.findIndex((most) => index < most)]?.push(error);
    }
  }
  const shares: number[] = [];
  for (const [position, errors] of byDistance.entries()) {
    const nearer = shares[position - 1] ?? leastShare(values.length);
    const seen = errors.length < errorsMin ? nearer * Math.SQRT2 : quantile(errors, share * (1 + 1 / errors.length));
    shares.push(Math.max(nearer, seen));
  }
  const last = distances.length - 1;
  return points.map((point, index) => {
    const position = distances.findIndex((most) => index < most);
    const growth = position === -1 ? Math.sqrt((index + 1) / at(distances, last)) : 1;
    return at(shares, position === -1 ? last : position) * growth * intervalScale(point, typical);
  });
};

/** For series too short for a fold: by the distance of the days from `level`, with a minimum for short series. */
export const shortHalfWidth = (values: readonly number[], level: number, share: number): number => {
  const seen = quantile(
    values.map((value) => Math.abs(value - level)),
    share,
  );
  return Math.max(
    seen || 0,
    leastShare(values.length) * Math.abs(level),
    0.5 * (mean(values.map(Math.abs)) || 0) * leastShare(values.length),
  );
};
