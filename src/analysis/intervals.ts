import type { Forecaster } from './seasonal-model.ts';
import { at, mean, median, quantile } from './statistics.ts';

/**
 * How wide an interval has to be is not computed from a model but seen: the forecaster is run as it would have been
 * run in the weeks before, and its errors are what to expect of it (split conformal prediction).
 */
const foldsMax = 8;
const daysBetweenFolds = 7;
const foldDaysMin = 21;
/** Errors grow with the days ahead; those of about the same distance are taken together. */
const distances = [7, 14, 30];
const errorsMin = 7;

/** What an error is a share of: proportional to the forecast, but no weekend is so cheap that it cannot err. */
const intervalScale = (expected: number, typical: number): number => 0.7 * Math.abs(expected) + 0.3 * typical;

/** The least share of the amount that is uncertain while there are but `days` to learn from. */
export const leastShare = (days: number): number => (days < 4 * daysBetweenFolds ? 0.5 / Math.sqrt(days) : 0);

/** Half the width of an interval that should hold `share` of the days to come, for every point. */
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

/** For series too short for a fold: how far the days lie from their mean, and never less than their number allows. */
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
