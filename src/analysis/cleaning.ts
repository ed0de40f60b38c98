import { at, median, spread } from './statistics.ts';

/** How many spreads from its neighbours on the same weekday a value must lie to be set aside. */
const outlierSpreads = 4;
/** Outliers of one sign on so many days in a row are a new level, not outliers. */
const shiftDays = 4;
/** What happens more often than this is how the series is. */
const outlierShareMax = 0.12;
const neighbourOffsets = [-21, -14, -7, 7, 14, 21];
/** A day nearer to an end than this has neighbours on one side more than on the other, which matters in a trend. */
const slopeLag = 21;

/** The trend of some days, by what the same weekday cost three weeks before: a weekday or a wild day cannot turn it. */
const slopeOf = (values: readonly number[]): number =>
  median(values.map((value, index) => (value - at(values, index - slopeLag)) / slopeLag)) || 0;

/** What the same weekday cost in the weeks around; the days around where there are too few of those. */
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
  /** The series without holes and lone wild values: those have their neighbours' median. */
  readonly values: readonly number[];
  /** Whether wild values are so frequent that none was set aside. */
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
