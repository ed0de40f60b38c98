import { clean } from './cleaning.ts';
import { fitDampedTrend, trendAt } from './damped-trend.ts';
import { findMonthEffects, monthEffect } from './month-effects.ts';
import { at, mean, median } from './statistics.ts';
import { weeklyProfile, withoutWeekday, withWeekday } from './weekly-profile.ts';

/** From the days known (`NaN`: hole; the first is day number `first`) to the next `horizon` days. */
export type Forecaster = (values: readonly number[], first: number, horizon: number) => number[];

/** Older days than these tell nothing about the next month. */
const daysMax = 400;
/** The level of the last days, without weekdays, is a median over so many of them. */
const recentDays = 28;

/** The days worth learning from: not older than `daysMax`, and without the zeros before the first cost. */
export const relevantDays = (values: readonly number[], first: number): { values: readonly number[]; first: number } => {
  const earliest = Math.max(0, values.length - daysMax);
  let start = earliest;
  while (start < values.length && !(Math.abs(at(values, start)) > 0)) start += 1;
  if (start === values.length || start - earliest < 7) start = earliest;
  return { values: values.slice(start), first: first + start };
};

const centredLevel = (values: readonly number[], index: number): number => {
  const from = Math.max(0, Math.min(index - 3, values.length - 7));
  return mean(values.slice(from, from + 7));
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
  const residuals = values.map((value, index) => {
    const level = centredLevel(cleaned, index);
    return level === 0 ? Number.NaN : (value - withWeekday(profile, level, first + index)) / Math.abs(level);
  });
  const effects = findMonthEffects(residuals, first);
  return Array.from({ length: horizon }, (_, index) => {
    const level = trendAt(trend, index + 1);
    const effect = monthEffect(effects, next + index) * Math.abs(level);
    return withWeekday(profile, level, next + index) + effect;
  });
};

/** Every weekday's median of the last weeks: knows no trend, and cannot be led astray by one. */
export const seasonalMedian = (weeks: number): Forecaster => (values, _first, horizon) => {
  const fallback = median(values.slice(-recentDays)) || 0;
  return Array.from({ length: horizon }, (_, ahead) => {
    const same: number[] = [];
    for (let week = 1; same.length < weeks && week <= weeks + 2; week += 1) {
      const value = values[values.length - 7 * week + (ahead % 7)];
      if (value !== undefined && Number.isFinite(value)) same.push(value);
    }
    return same.length === 0 ? fallback : median(same);
  });
};

/** The same weekday of the last week that knows it: what every other method has to beat. */
export const seasonalNaive: Forecaster = seasonalMedian(1);
