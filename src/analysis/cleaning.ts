import { at, median, spread } from './statistics.ts';

/** A value is an outlier if it lies this many spreads from its neighbours on the same weekday. */
const outlierSpreads = 4;
/** This many outliers of one sign in a row are a new level. */
const shiftDays = 4;
/** With a larger share of outliers the series is erratic, and none is replaced. */
const outlierShareMax = 0.12;
const neighbourOffsets = [-21, -14, -7, 7, 14, 21];
/** Days closer to an end have more neighbours on one side, so the trend must be taken into account. */
const slopeLag = 21;

/** The median change against the same weekday three weeks before. Robust against weekdays and outliers. */
const slopeOf = (values: readonly number[]): number =>
  median(values.map((value, index) => (value - at(values, index - slopeLag)) / slopeLag)) || 0;

/** The median of the same weekday in the weeks around; of the days around if there are too few. */
const neighbourhood = (values: readonly number[], index: number, slope: number): number => {
  const weekdays = neighbourOffsets.map((offset) => at(values, index + offset) - slope * offset);
  if (weekdays.filter(Number.isFinite).length >= 2) return median(weekdays);
  for (let reach = 4; reach < values.length + 4; reach *= 2) {
    const around = median(values.slice(Math.max(0, index - reach), index + reach + 1));
    if (Number.isFinite(around)) return around;
  }
  return 0;
};

const inRun = (signs: readonly number[], index: number): boolean => {
  let length = 1;
  for (let left = index - 1; at(signs, left) === at(signs, index); left -= 1) length += 1;
  for (let right = index + 1; at(signs, right) === at(signs, index); right += 1) length += 1;
  return length >= shiftDays;
};

export interface Cleaned {
  /** The series with missing days and outliers replaced by the median of their neighbours. */
  readonly values: readonly number[];
  /** True if outliers are so frequent that none was replaced. */
  readonly erratic: boolean;
}

export const clean = (values: readonly number[]): Cleaned => {
  const headSlope = slopeOf(values.slice(0, 2 * slopeLag));
  const tailSlope = slopeOf(values.slice(-2 * slopeLag));
  const around = values.map((_, index) => {
    if (index < slopeLag) return neighbourhood(values, index, headSlope);
    return neighbourhood(values, index, index >= values.length - slopeLag ? tailSlope : 0);
  });
  const typical = median(values.map(Math.abs)) || 0;
  const deviations = values.map(
    (value, index) => (value - at(around, index)) / (Math.abs(at(around, index)) + 0.1 * typical || 1),
  );
  const limit = outlierSpreads * Math.max(spread(deviations), 0.01);
  const signs = deviations.map((deviation) => (Math.abs(deviation) > limit ? Math.sign(deviation) : 0));
  const outlier = signs.map((sign, index) => sign !== 0 && !inRun(signs, index));
  const erratic = outlier.filter(Boolean).length > outlierShareMax * values.length;
  return {
    values: values.map((value, index) =>
      Number.isNaN(value) || (outlier[index] === true && !erratic) ? at(around, index) : value,
    ),
    erratic,
  };
};
