import { weekdayOf } from './calendar.ts';
import { at, mean, median, spread } from './statistics.ts';

/** How many weeks tell the shape of a week. */
const weeksMax = 10;

/** What a weekday is against the level of its week: a factor of it, or a difference to it. */
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

/** A weekday that is next to nothing cannot be divided by: such weeks are told in differences. */
const effectMin = 0.1;

/** The shape of the week in a series without holes; flat for less than two weeks, shrunk towards flat where weekdays scatter. */
export const weeklyProfile = (values: readonly number[], first: number): WeeklyProfile => {
  if (values.length < 14) return flat;
  const start = Math.max(0, values.length - weeksMax * 7);
  const positive = values.slice(start).every((value) => value > 0);
  const profile = profileOf(values, first, start, positive);
  return positive && Math.min(...profile.effects) < effectMin ? profileOf(values, first, start, false) : profile;
};

const profileOf = (
  values: readonly number[],
  first: number,
  start: number,
  multiplicative: boolean,
): WeeklyProfile => {
  const byWeekday: number[][] = [[], [], [], [], [], [], []];
  for (let index = start; index < values.length; index += 1) {
    // A window of seven days holds every weekday once, so its mean has no weekday in it.
    const from = Math.min(Math.max(index - 3, start), values.length - 7);
    const level = mean(values.slice(from, from + 7));
    const value = at(values, index);
    byWeekday[weekdayOf(first + index)]?.push(multiplicative ? value / level : value - level);
  }
  const raw = byWeekday.map((effects) => median(effects));
  const middle = mean(raw);
  const centred = byWeekday.map((_, weekday) =>
    multiplicative ? at(raw, weekday) / middle - 1 : at(raw, weekday) - middle,
  );
  const noise = mean(byWeekday.map((effects) => (1.25 * spread(effects)) ** 2 / effects.length));
  const signal = mean(centred.map((effect) => effect ** 2));
  const trust = signal > 0 ? Math.max(0, 1 - noise / signal) : 0;
  return { multiplicative, effects: centred.map((effect) => trust * effect + (multiplicative ? 1 : 0)) };
};
