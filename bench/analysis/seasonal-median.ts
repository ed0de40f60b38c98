import type { Forecaster } from '../../src/analysis/seasonal-model.ts';
import { at, median } from '../../src/analysis/statistics.ts';

/** The median of each weekday over the last weeks. With one week it is seasonal-naive, the baseline of the comparison. */
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

/** Replaces an unknown value by that of a week before, and leading ones by the first known value. */
export const filled = (values: readonly number[]): number[] => {
  const complete: number[] = [];
  const start = values.find(Number.isFinite) ?? 0;
  for (const [index, value] of values.entries()) {
    complete.push(Number.isFinite(value) ? value : (complete[index - 7] ?? start));
  }
  return complete;
};
