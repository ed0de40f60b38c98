/**
 * Plain statistics over floating point numbers. `NaN` stands for a day that is not known and is left out;
 * a statistic of nothing is `NaN`.
 */

export const at = (values: ArrayLike<number>, index: number): number => values[index] ?? Number.NaN;

export const known = (values: readonly number[]): number[] => values.filter((value) => Number.isFinite(value));

export const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

export const mean = (values: readonly number[]): number => {
  const numbers = known(values);
  return numbers.reduce((total, value) => total + value, 0) / numbers.length;
};

/** The quantile by linear interpolation between order statistics. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = new Float64Array(known(values)).sort();
  const position = clamp(share, 0, 1) * (sorted.length - 1);
  const below = at(sorted, Math.floor(position));
  const above = at(sorted, Math.ceil(position));
  return below + (above - below) * (position - Math.floor(position));
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** What the median absolute deviation has to be multiplied by to be the standard deviation of a normal distribution. */
const normalConsistency = 1.4826;

/** A standard deviation that single wild values cannot move. */
export const spread = (values: readonly number[]): number => {
  const centre = median(values);
  return normalConsistency * median(values.map((value) => Math.abs(value - centre)));
};

/** The median of the slopes between days half the series apart: a trend that single wild values cannot turn. */
export const medianSlope = (values: readonly number[]): number => {
  const half = values.length >> 1;
  return median(values.slice(half).map((value, index) => (value - at(values, index)) / half));
};
