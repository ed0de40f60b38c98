import { weekdayOf } from './calendar.ts';
import { at, distributionOf, mean } from './statistics.ts';

/** How many weeks a profile uses. */
const weeksMax = 10;

/** The effect of each weekday on the level of its week, as a factor or as a difference. */
export interface WeeklyProfile {
  readonly multiplicative: boolean;
  /** By weekday, Monday first. */
  readonly effects: readonly number[];
}

export const withWeekday = (profile: WeeklyProfile, level: number, ordinal: number): number => {
  const effect = at(profile.effects, weekdayOf(ordinal));
  return profile.multiplicative ? level * effect : level + effect;
};

export const withoutWeekday = (profile: WeeklyProfile, value: number, ordinal: number): number => {
  const effect = at(profile.effects, weekdayOf(ordinal));
  return profile.multiplicative ? value / effect : value - effect;
};

const flat: WeeklyProfile = { multiplicative: false, effects: [0, 0, 0, 0, 0, 0, 0] };

/**
 * For every day from `start` on, the mean of the seven days around it. Each window has every weekday once, so the means
 * have no weekday effect. The days at both ends use the nearest whole window.
 */
export const weekMeans = (values: readonly number[], start: number): Float64Array => {
  const days = values.length;
  const sums = new Float64Array(days + 1);
  let sum = 0;
  for (let index = 0; index < days; index += 1) {
    sum += values[index] ?? Number.NaN;
    sums[index + 1] = sum;
  }
  const means = new Float64Array(days);
  for (let index = 0; index < days; index += 1) {
    const from = Math.max(start, Math.min(index - 3, days - 7));
    const end = Math.min(days, from + 7);
    means[index] = ((sums[end] ?? Number.NaN) - (sums[from] ?? Number.NaN)) / (end - from);
  }
  return means;
};

/** With a smaller factor the profile uses differences, because division by it is unstable. */
const effectMin = 0.1;

/** For a series without missing days. Flat for less than two weeks, and shrunk towards flat if weekdays vary a lot. */
export const weeklyProfile = (values: readonly number[], first: number): WeeklyProfile => {
  if (values.length < 14) return flat;
  const start = Math.max(0, values.length - weeksMax * 7);
  const positive = values.slice(start).every((value) => value > 0);
  const profile = profileOf(values, first, start, positive);
  return positive && Math.min(...profile.effects) < effectMin ? profileOf(values, first, start, false) : profile;
};

const profileOf = (values: readonly number[], first: number, start: number, multiplicative: boolean): WeeklyProfile => {
  const byWeekday: number[][] = [[], [], [], [], [], [], []];
  const weeks = weekMeans(values, start);
  for (let index = start; index < values.length; index += 1) {
    const level = weeks[index] ?? Number.NaN;
    const value = values[index] ?? Number.NaN;
    byWeekday[weekdayOf(first + index)]?.push(multiplicative ? value / level : value - level);
  }
  const distributions = byWeekday.map((effects) => distributionOf(effects));
  const raw = distributions.map((effects) => effects.median);
  const middle = mean(raw);
  const centred = byWeekday.map((_, weekday) =>
    multiplicative ? at(raw, weekday) / middle - 1 : at(raw, weekday) - middle,
  );
  const noise = mean(
    byWeekday.map(({ length }, weekday) => (1.25 * (distributions[weekday]?.spread ?? 0)) ** 2 / length),
  );
  const signal = mean(centred.map((effect) => effect ** 2));
  const trust = signal > 0 ? Math.max(0, 1 - noise / signal) : 0;
  return { multiplicative, effects: centred.map((effect) => trust * effect + (multiplicative ? 1 : 0)) };
};
