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
  if (count > insertionSortMax) {
    buffer.subarray(0, count).sort();
    return;
  }
  for (let index = 1; index < count; index += 1) {
    const value = at(buffer, index);
    let place = index - 1;
    while (place >= 0 && at(buffer, place) > value) {
      buffer[place + 1] = at(buffer, place);
      place -= 1;
    }
    buffer[place + 1] = value;
  }
};

/** The quantile of the first `count` numbers of the buffer, by linear interpolation between order statistics. */
const quantileOfBuffer = (count: number, share: number): number => {
  if (count === 0) return Number.NaN;
  sortBuffer(count);
  const position = clamp(share, 0, 1) * (count - 1);
  const below = at(buffer, Math.floor(position));
  const above = at(buffer, Math.ceil(position));
  return below + (above - below) * (position - Math.floor(position));
};

const reserve = (length: number): void => {
  if (buffer.length < length) buffer = new Float64Array(length * 2);
};

export const quantile = (values: readonly number[], share: number): number => {
  reserve(values.length);
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    buffer[count] = value;
    count += 1;
  }
  return quantileOfBuffer(count, share);
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Converts the median absolute deviation to the standard deviation of a normal distribution. */
const normalConsistency = 1.4826;

/** A standard deviation that is robust against outliers. */
export const spread = (values: readonly number[]): number => {
  const centre = median(values);
  let count = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    buffer[count] = Math.abs(value - centre);
    count += 1;
  }
  return normalConsistency * quantileOfBuffer(count, 0.5);
};

/** The median of the slopes between days half the series apart. Robust against outliers. */
export const medianSlope = (values: readonly number[]): number => {
  const half = values.length >> 1;
  return median(values.slice(half).map((value, index) => (value - at(values, index)) / half));
};
