import { clean } from './cleaning.ts';
import { fitDampedTrend, trendAt } from './damped-trend.ts';
import { monthEffect, monthEffectLimit, samePlaces } from './month-effects.ts';
import { at, mean, spread } from './statistics.ts';
import { weeklyProfile, weekMeans, withoutWeekday, withWeekday } from './weekly-profile.ts';

/** Forecasts the next `horizon` days. The first value is of day number `first`; `NaN` marks a missing day. */
export type Forecaster = (values: readonly number[], first: number, horizon: number) => number[];

/** Older days are ignored. */
const daysMax = 400;
/** An erratic series has the mean of twice this many days as its level. */
const recentDays = 28;

/** Drops days older than `daysMax`, and zeros before the first cost. */
export const relevantDays = (
  values: readonly number[],
  first: number,
): { values: readonly number[]; first: number } => {
  const earliest = Math.max(0, values.length - daysMax);
  let start = earliest;
  while (start < values.length && !(Math.abs(at(values, start)) > 0)) start += 1;
  if (start === values.length || start - earliest < 7) start = earliest;
  return { values: values.slice(start), first: first + start };
};

export const seasonalTrend: Forecaster = (allValues, allFirst, horizon) => {
  const { values, first } = relevantDays(allValues, allFirst);
  const next = first + values.length;
  const { values: cleaned, erratic } = clean(values);
  const profile = weeklyProfile(cleaned, first);
  const levels = cleaned.map((value, index) => withoutWeekday(profile, value, first + index));
  const trend = erratic
    ? { level: mean(levels.slice(-2 * recentDays)), slope: 0, damping: 1 }
    : fitDampedTrend(levels.slice(-120));
  const weeks = weekMeans(cleaned, 0);
  const deviations = values.map((value, index) => {
    const level = at(weeks, index);
    return level === 0 ? Number.NaN : (value - withWeekday(profile, level, first + index)) / Math.abs(level);
  });
  const limit = monthEffectLimit(spread(deviations));
  return Array.from({ length: horizon }, (_, index) => {
    const level = trendAt(trend, index + 1);
    const effect = monthEffect(samePlaces(deviations, values.length + index, next + index), limit);
    return withWeekday(profile, level, next + index) + effect * Math.abs(level);
  });
};
