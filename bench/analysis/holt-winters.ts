import type { Forecaster } from '../../src/analysis/seasonal-model.ts';
import { at, mean } from '../../src/analysis/statistics.ts';
import { filled, seasonalMedian } from './seasonal-median.ts';

interface Weights {
  readonly level: number;
  readonly slope: number;
  readonly season: number;
  readonly damping: number;
}

interface Fit {
  readonly weights: Weights;
  readonly level: number;
  readonly slope: number;
  readonly season: readonly number[];
  readonly squares: number;
}

const grid: readonly Weights[] = [0.05, 0.15, 0.3, 0.6].flatMap((level) =>
  [0, 0.05, 0.2].flatMap((slope) =>
    [0.05, 0.2, 0.4].flatMap((season) => [0.9, 0.98].map((damping) => ({ level, slope, season, damping }))),
  ),
);

const run = (values: readonly number[], weights: Weights): Fit => {
  let level = mean(values.slice(0, 7));
  let slope = 0;
  let squares = 0;
  const season = values.slice(0, 7).map((value) => value - level);
  for (let index = 7; index < values.length; index += 1) {
    const effect = at(season, index % 7);
    const residual = at(values, index) - (level + weights.damping * slope + effect);
    squares += residual ** 2;
    level += weights.damping * slope + weights.level * residual;
    slope = weights.damping * slope + weights.level * weights.slope * residual;
    season[index % 7] = effect + weights.season * (1 - weights.level) * residual;
  }
  return { weights, level, slope, season, squares };
};

/** Additive Holt-Winters with damped trend. The weights are the grid point with the smallest squared one-step errors. */
export const holtWinters: Forecaster = (values, first, horizon) => {
  const complete = filled(values);
  if (complete.length < 21) return seasonalMedian(1)(values, first, horizon);
  const { weights, level, slope, season } = grid
    .map((candidate) => run(complete, candidate))
    .reduce((best, fit) => (fit.squares < best.squares ? fit : best));
  let reach = 0;
  return Array.from({ length: horizon }, (_, ahead) => {
    reach += weights.damping ** (ahead + 1);
    return level + slope * reach + at(season, (complete.length + ahead) % 7);
  });
};
