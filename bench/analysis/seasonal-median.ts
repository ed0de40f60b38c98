import type { Forecaster } from '../../src/analysis/seasonal-model.ts';
import { at, median } from '../../src/analysis/statistics.ts';

/** Every weekday's median of the last weeks; of one week it is seasonal-naive, what every other method has to beat. */
export const seasonalMedian =
  (weeks: number): Forecaster =>
  (values, _first, horizon) => {
    const fallback = median(values.slice(-28)) || 0;
    return Array.from({ length: horizon }, (_, ahead) => {
      const same: number[] = [];
      for (let week = 1; same.length < weeks && week <= weeks + 2; week += 1) {
        const value = at(values, values.length - 7 * week + (ahead % 7));
        if (Number.isFinite(value)) same.push(value);
      }
      return same.length === 0 ? fallback : median(same);
    });
  };

/** Holes become what the same weekday was a week before; leading ones the first known value. */
export const filled = (values: readonly number[]): number[] => {
  const complete: number[] = [];
  const start = values.find(Number.isFinite) ?? 0;
  for (const [index, value] of values.entries()) {
    complete.push(Number.isFinite(value) ? value : (complete[index - 7] ?? start));
  }
  return complete;
};
