import { at, mean, median, medianSlope } from './statistics.ts';
import { type WeeklyProfile, weeklyProfile, withoutWeekday, withWeekday } from './weekly-profile.ts';

/** Length of the history that an expectation uses. */
export const baselineDaysMax = 63;
const levelDays = 14;
const slopeDays = 28;

/** The expected cost of a day, from earlier days only. */
export interface Expectation {
  readonly level: number;
  readonly profile: WeeklyProfile;
  readonly value: number;
  /** The expected cost of the cheapest weekday, which is typical of a holiday. */
  readonly cheapestWeekday: number;
}

/** `baseline` has no missing days; its first value is of day number `first`. The expectation is for the next day. */
export const expectNext = (baseline: readonly number[], first: number): Expectation => {
  const profile = weeklyProfile(baseline, first);
  const from = Math.max(0, baseline.length - slopeDays);
  const levels = baseline.slice(from).map((value, index) => withoutWeekday(profile, value, first + from + index));
  const recent = levels.slice(-levelDays);
  // Uses a trend only as far as the slope and the change between both halves agree.
  const half = levels.length >> 1;
  const slope = medianSlope(levels);
  const drift = levels.length < slopeDays ? 0 : (median(levels.slice(half)) - median(levels.slice(0, half))) / half;
  const trend = slope * drift <= 0 ? 0 : Math.sign(slope) * Math.min(Math.abs(slope), Math.abs(drift));
  const level = median(recent) + (trend * (recent.length + 1)) / 2;
  const next = first + baseline.length;
  const week = [0, 1, 2, 3, 4, 5, 6].map((ahead) => withWeekday(profile, level, next + ahead));
  return { level, profile, value: at(week, 0), cheapestWeekday: Math.min(...week) };
};

/** Moves the baseline to the new level after a lasting shift. */
export const rebase = (
  baseline: readonly number[],
  expected: readonly number[],
  actual: readonly number[],
): number[] => {
  const ratio = median(actual.map((value, index) => value / at(expected, index)));
  const difference = median(actual.map((value, index) => value - at(expected, index)));
  const proportional =
    Number.isFinite(ratio) && ratio > 0 && mean(baseline) > 0 && baseline.every((value) => value >= 0);
  return baseline.map((value) => (proportional ? value * ratio : value + difference));
};
