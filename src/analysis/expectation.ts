import { at, mean, median, medianSlope } from './statistics.ts';
import { type WeeklyProfile, weeklyProfile, withoutWeekday, withWeekday } from './weekly-profile.ts';

/** How far back the days are looked at that tell what the next one should cost. */
export const baselineDaysMax = 63;
const levelDays = 14;
const slopeDays = 28;

/** What the next day should cost, from the days before it alone. */
export interface Expectation {
  readonly level: number;
  readonly profile: WeeklyProfile;
  readonly value: number;
  /** What the cheapest weekday would cost instead: how a holiday looks. */
  readonly cheapestWeekday: number;
}

/** `baseline` has no holes; its first value is of day number `first`, the expectation is for the day after its last. */
export const expectNext = (baseline: readonly number[], first: number): Expectation => {
  const profile = weeklyProfile(baseline, first);
  const from = Math.max(0, baseline.length - slopeDays);
  const levels = baseline.slice(from).map((value, index) => withoutWeekday(profile, value, first + from + index));
  const recent = levels.slice(-levelDays);
  // A trend is believed only as far as both halves of the days agree on it.
  const half = levels.length >> 1;
  const slope = medianSlope(levels);
  const drift = levels.length < slopeDays ? 0 : (median(levels.slice(half)) - median(levels.slice(0, half))) / half;
  const trend = slope * drift <= 0 ? 0 : Math.sign(slope) * Math.min(Math.abs(slope), Math.abs(drift));
  const level = median(recent) + (trend * (recent.length + 1)) / 2;
  const next = first + baseline.length;
  const week = [0, 1, 2, 3, 4, 5, 6].map((ahead) => withWeekday(profile, level, next + ahead));
  return { level, profile, value: at(week, 0), cheapestWeekday: Math.min(...week) };
};

/** The baseline as it would have been at another level: what a lasting shift does to the days before it. */
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
