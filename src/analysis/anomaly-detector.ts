import { expectNext, baselineDays, rebase } from './expectation.ts';
import { findMonthEffects, monthEffect, samePlaceLastMonth } from './month-effects.ts';
import { at, known, mean, median, quantile, spread } from './statistics.ts';
import { withWeekday } from './weekly-profile.ts';

export interface Sensitivity {
  /** How many spreads of the usual error the band is wide, to each side. */
  readonly spreads: number;
  /** The least half-width of the band, as a share of the level. */
  readonly shareMin: number;
}

export interface Finding {
  readonly index: number;
  readonly direction: 'increase' | 'decrease';
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  /** How many half-widths of the band the value lies from what was expected; more than 1. */
  readonly excess: number;
  /** Index of the first day back in the band; `null` while open. */
  closedIndex: number | null;
}

/** So many days have to be known before anything is said. */
export const warmUpDays = 14;
/** A new level that has lasted so long is the level. */
const adaptDays = 14;
/** So many days in a row may look like weekend before a fall is more than a holiday. */
const holidayDaysMax = 3;
/** How long the usual errors are remembered. */
const errorDays = 84;
/** What happens more often than this is a habit of the series. */
const habitShare = 0.045;
/** How much more than last month the same day of the month may cost. */
const monthTolerance = 1.25;
/** How much more than usually in its wild days a habitually wild series may cost. */
const habitTolerance = 1.5;
/** How much more than ever before a series that is often zero may cost. */
const onAndOffTolerance = 1.25;
/** How far back days of the month are compared. */
const monthDays = 200;

interface State {
  readonly values: readonly number[];
  /** What the days before were, as far as they were usual: a day out of line has what was expected of it. */
  baseline: number[];
  first: number;
  /** Deviations as shares of the level, by index; `NaN` for holes and for days of an anomaly after its first. */
  readonly errors: number[];
  /** Deviations from what is usual without regard to the day of the month; `NaN` for holes and long anomalies. */
  readonly deviations: number[];
  open: Finding | null;
  /** The days of the open anomaly. */
  run: { expected: number[]; actual: number[] };
  holidays: number;
}

/** What an error is a share of: the level, but not next to nothing where the level is and the days are not. */
const scaleOf = (level: number, baseline: readonly number[], recent: readonly number[]): number =>
  Math.max(Math.abs(level), 0.2 * median(baseline.map(Math.abs)), 0.25 * mean(recent.map(Math.abs)) || 0);

/** What a series that costs on some days and nothing on others may cost on any; nothing for every other series. */
const onAndOff = (values: readonly number[]): { least: number; most: number } => {
  const costs = known(values).filter((value) => value !== 0);
  const zeros = values.filter((value) => value === 0).length;
  if (costs.length < 3 || zeros < 0.3 * (costs.length + zeros)) return { least: Number.NaN, most: Number.NaN };
  return { least: onAndOffTolerance * Math.min(0, ...costs), most: onAndOffTolerance * Math.max(0, ...costs) };
};

interface Band {
  /** Without what the day of the month adds. */
  readonly usual: number;
  readonly usualLower: number;
  readonly usualUpper: number;
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  readonly scale: number;
  readonly holidayFloor: number;
}

const bandFor = (state: State, index: number, ordinal: number, { spreads, shareMin }: Sensitivity): Band => {
  const { baseline, errors, deviations } = state;
  const expectation = expectNext(baseline, ordinal - baseline.length);
  const usual = expectation.value;
  const before = state.values.slice(Math.max(0, index - baselineDays), state.open?.index ?? index);
  const scale = scaleOf(0.3 * Math.abs(expectation.level) + 0.7 * Math.abs(usual), baseline, before);
  const recent = errors.slice(Math.max(0, index - errorDays), index);
  const judged = known(recent).length;
  const typicalError = Math.max(spread(recent) || 0, 0.6 * mean(recent.map(Math.abs)) || 0);
  // Few errors tell little about how great an error can be.
  const width = Math.max(shareMin, spreads * typicalError) * (1 + 7 / Math.max(7, judged));
  const habit = (share: number): number => (judged > 20 ? habitTolerance * quantile(recent, share) : 0);
  const seen = onAndOff(before);
  const high = Math.max(width, habit(1 - habitShare), (seen.most - usual) / scale || 0);
  const low = Math.max(width, -habit(habitShare), (usual - seen.least) / scale || 0);
  const from = Math.max(0, index - monthDays);
  const effect = monthEffect(findMonthEffects(deviations.slice(from, index), ordinal - (index - from)), ordinal);
  const lastMonth = samePlaceLastMonth(deviations, index, ordinal);
  return {
    usual,
    expected: usual + effect * scale,
    lower: usual + Math.min(effect - low, monthTolerance * Math.min(0, ...lastMonth)) * scale,
    upper: usual + Math.max(effect + high, monthTolerance * Math.max(0, ...lastMonth)) * scale,
    usualLower: usual - low * scale,
    usualUpper: usual + high * scale,
    scale,
    holidayFloor: Math.min(usual, expectation.cheapestWeekday) - low * scale,
  };
};

/** Goes through the days in order; nothing that is said about a day depends on a later one, but the day it closes. */
export const findAnomalies = (
  values: readonly number[],
  first: number,
  sensitivity: Sensitivity,
  impactMin: number,
): Finding[] => {
  const findings: Finding[] = [];
  const state: State = { values, baseline: [], first, errors: values.map(() => Number.NaN), deviations: values.map(() => Number.NaN), open: null, run: { expected: [], actual: [] }, holidays: 0 };
  let knownDays = 0;
  for (const [index, value] of values.entries()) {
    if (knownDays < warmUpDays) {
      if (Number.isNaN(value) && knownDays === 0) continue;
      if (value === 0 && knownDays === 0) continue;
      if (!Number.isNaN(value)) knownDays += 1;
      state.baseline.push(Number.isNaN(value) ? at(state.baseline, state.baseline.length - Math.min(7, state.baseline.length)) : value);
      if (knownDays === warmUpDays) learnErrors(state, index, first + index + 1);
      continue;
    }
    const band = bandFor(state, index, first + index, sensitivity);
    state.baseline.push(Number.isNaN(value) ? band.usual : judge(state, findings, index, value, band, impactMin));
    if (state.baseline.length > baselineDays) state.baseline.shift();
    if (state.run.actual.length >= adaptDays) adapt(state);
  }
  return findings;
};

/** The errors of the days before the first judged one: how far they lie from what they themselves make expect. */
const learnErrors = (state: State, index: number, next: number): void => {
  const { baseline } = state;
  const { level, profile } = expectNext(baseline, next - baseline.length);
  const scale = scaleOf(level, baseline, baseline);
  for (const [position, value] of baseline.entries()) {
    const expected = withWeekday(profile, level, next - baseline.length + position);
    state.errors[index - baseline.length + 1 + position] = scale === 0 ? 0 : (value - expected) / scale;
  }
};

const judge = (state: State, findings: Finding[], index: number, value: number, band: Band, impactMin: number): number => {
  const { expected, lower, upper, scale } = band;
  const error = scale === 0 ? 0 : (value - expected) / scale;
  state.deviations[index] = scale === 0 ? 0 : (value - band.usual) / scale;
  const outside = value > upper ? 'increase' : value < lower ? 'decrease' : null;
  if (outside === null || (state.open === null && Math.abs(value - expected) < impactMin)) {
    close(state, index);
    state.holidays = 0;
    state.errors[index] = error;
    return value < band.usualLower || value > band.usualUpper ? band.usual : value;
  }
  if (outside === 'decrease' && state.open === null && value >= band.holidayFloor && state.holidays < holidayDaysMax) {
    state.holidays += 1;
    return band.usual;
  }
  if (state.open?.direction !== outside) {
    close(state, index);
    state.errors[index] = error;
    const half = value > upper ? upper - expected : expected - lower;
    state.open = { index, direction: outside, expected, lower, upper, excess: Math.abs(value - expected) / half, closedIndex: null };
    findings.push(state.open);
  }
  state.run.expected.push(expected);
  state.run.actual.push(value);
  return band.usual;
};

/** A shift is no habit of single days and no day of the month, so its days are not remembered as such. */
const forget = (state: State, start: number, end: number): void => {
  state.errors[start] = Number.NaN;
  state.deviations.fill(Number.NaN, start, end);
};

const close = (state: State, index: number): void => {
  if (state.open === null) return;
  if (state.run.actual.length > 3) forget(state, state.open.index, index);
  state.open.closedIndex = index;
  state.open = null;
  state.run = { expected: [], actual: [] };
};

const adapt = (state: State): void => {
  const { expected, actual } = state.run;
  const days = Math.min(7, actual.length);
  if (state.open !== null) forget(state, state.open.index, Math.min(state.values.length, state.open.index + 2 * adaptDays));
  state.baseline = rebase(state.baseline, expected.slice(-days), actual.slice(-days));
  state.run = { expected: [], actual: [] };
};
