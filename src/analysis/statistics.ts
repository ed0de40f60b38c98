/**
 * Statistics over floating point numbers. `NaN` is an unknown value and is ignored; the result without values is `NaN`.
 */

export const at = (values: ArrayLike<number>, index: number): number => values[index] ?? Number.NaN;

export const known = (values: readonly number[]): number[] => values.filter((value) => Number.isFinite(value));

export const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

export const mean = (values: readonly number[]): number => {
  let total = 0;
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    total += value;
    count += 1;
  }
  return total / count;
};

/** Shared by all calls: a series needs hundreds of medians per day, and each would allocate its own buffer. */
let buffer = new Float64Array(512);
const insertionSortMax = 40;

/** Sorts the first `count` numbers of the buffer. */
const sortBuffer = (count: number): void => {
  const numbers = buffer;
  if (count > insertionSortMax) {
    numbers.subarray(0, count).sort();
    return;
  }
  for (let index = 1; index < count; index += 1) {
    const value = numbers[index] ?? Number.NaN;
    let place = index - 1;
    while (place >= 0 && (numbers[place] ?? Number.NaN) > value) {
      numbers[place + 1] = numbers[place] ?? Number.NaN;
      place -= 1;
    }
    numbers[place + 1] = value;
  }
};

/** The quantile of the first `count` numbers of the sorted buffer, by linear interpolation between order statistics. */
const quantileOfBuffer = (count: number, share: number): number => {
  if (count === 0) return Number.NaN;
  const position = clamp(share, 0, 1) * (count - 1);
  const floor = Math.floor(position);
  const below = buffer[floor] ?? Number.NaN;
  const above = buffer[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - floor);
};

/** Puts the known values into the buffer, in order of size. Returns how many there are. */
const sortKnown = (values: readonly number[]): number => {
  if (buffer.length < values.length) buffer = new Float64Array(values.length * 2);
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    buffer[count] = value;
    count += 1;
  }
  sortBuffer(count);
  return count;
};

export const quantile = (values: readonly number[], share: number): number =>
  quantileOfBuffer(sortKnown(values), share);

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Converts the median absolute deviation to the standard deviation of a normal distribution. */
const normalConsistency = 1.4826;

export interface Distribution {
  readonly median: number;
  /** A standard deviation that is robust against outliers. */
  readonly spread: number;
  /** In the order of the shares that were asked for. */
  readonly quantiles: readonly number[];
}

const noShares: readonly number[] = [];

/** All of it from values that are sorted once. */
export const distributionOf = (values: readonly number[], shares: readonly number[] = noShares): Distribution => {
  const count = sortKnown(values);
  const centre = quantileOfBuffer(count, 0.5);
  const quantiles = shares.map((share) => quantileOfBuffer(count, share));
  for (let index = 0; index < count; index += 1) buffer[index] = Math.abs((buffer[index] ?? Number.NaN) - centre);
  sortBuffer(count);
  return { median: centre, spread: normalConsistency * quantileOfBuffer(count, 0.5), quantiles };
};

export const spread = (values: readonly number[]): number => distributionOf(values).spread;

/** The median of the slopes between days half the series apart. Robust against outliers. */
export const medianSlope = (values: readonly number[]): number => {
  const half = values.length >> 1;
  return median(values.slice(half).map((value, index) => (value - at(values, index)) / half));
};
