import { type Expectation, expectNext } from './expectation.ts';
import { monthEffect, monthEffectLimit, samePlaces } from './month-effects.ts';
import { known, mean, median, quantile, spread } from './statistics.ts';
import { withWeekday } from './weekly-profile.ts';

export interface BandWidth {
  /** How many spreads of the usual error the band is wide, to each side. */
  readonly spreads: number;
  /** The least half-width of the band, as a share of what is expected. */
  readonly shareMin: number;
}

/** What the days before a day tell of it. Every list ends with the day before. */
export interface PastDays {
  /** What was measured. */
  readonly values: readonly number[];
  /** What was usual: a day out of line has what was expected of it, so one wild day does not make the next look tame. */
  readonly baseline: readonly number[];
  /** Errors of the expectations, as shares; `NaN` for holes and for the days of an anomaly after its first. */
  readonly errors: readonly number[];
  /** The same without regard to the day of the month; `NaN` for holes and for long anomalies. */
  readonly deviations: readonly number[];
}

export interface Band {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  /** What is expected without what the day of the month adds, and the band around it. */
  readonly usual: number;
  readonly usualLower: number;
  readonly usualUpper: number;
  /** A fall that ends above this looks like a holiday. */
  readonly holidayFloor: number;
  /** What an error is a share of. */
  readonly scale: number;
  /** What a fee is a share of: it does not ask for the weekday. */
  readonly levelScale: number;
}

/** How long errors are remembered. */
const errorDays = 84;
/** So many errors are needed before they tell of habits. */
const habitErrorsMin = 21;
/** What happens on a greater share of days is a habit of the series, and may cost so much more than it did. */
const habitShare = 0.045;
const habitTolerance = 1.5;
/** How much more than last month the same day of the month may cost. */
const monthTolerance = 1.25;
/** A series is on and off if so many of its days cost nothing; it may then cost so much more than it ever did. */
const offShareMin = 0.3;
const onDaysMin = 3;
const onTolerance = 1.25;
/** How many values tell whether a series is on and off. */
const valuesDays = 63;

/** Errors grow with what is expected, but no weekend is so cheap that it cannot err. */
const bandScale = ({ level, value }: Expectation, past: PastDays): number =>
  atLeast(0.3 * Math.abs(level) + 0.7 * Math.abs(value), past);

/** Next to nothing is expected of some days that are no less wild for it. */
const atLeast = (scale: number, past: PastDays): number =>
  Math.max(
    scale,
    0.2 * median(past.baseline.map(Math.abs)),
    0.25 * mean(past.values.slice(-valuesDays).map(Math.abs)) || 0,
  );

/** Between what and what an on-and-off series may cost on any day; `NaN` for every other series. */
const onAndOff = (values: readonly number[]): readonly [least: number, most: number] => {
  const days = known(values.slice(-valuesDays));
  const costs = days.filter((value) => value !== 0);
  if (costs.length < onDaysMin || days.length - costs.length < offShareMin * days.length) {
    return [Number.NaN, Number.NaN];
  }
  return [onTolerance * Math.min(0, ...costs), onTolerance * Math.max(0, ...costs)];
};

/** The band for the day number `ordinal`, from the days before it alone. */
export const bandFor = (past: PastDays, ordinal: number, { spreads, shareMin }: BandWidth): Band => {
  const expectation = expectNext(past.baseline, ordinal - past.baseline.length);
  const usual = expectation.value;
  const scale = bandScale(expectation, past);
  const levelScale = atLeast(Math.abs(expectation.level), past);

  const errors = known(past.errors.slice(-errorDays));
  const spreadOfErrors = spread(errors) || 0;
  const typicalError = Math.max(spreadOfErrors, 0.6 * mean(errors.map(Math.abs)) || 0);
  // Few errors tell little about how great an error can be.
  const width = Math.max(shareMin, spreads * typicalError) * (1 + 7 / Math.max(7, errors.length));
  const habit = (share: number): number =>
    errors.length < habitErrorsMin ? 0 : habitTolerance * quantile(errors, share);
  const [least, most] = onAndOff(past.values);
  const high = Math.max(width, habit(1 - habitShare), (most - usual) / scale || 0);
  const low = Math.max(width, -habit(habitShare), (usual - least) / scale || 0);

  const places = samePlaces(past.deviations, past.deviations.length, ordinal);
  // Chance puts some costs of an on-and-off series on the same day of several months.
  const isOnAndOff = Number.isFinite(most);
  const effect = isOnAndOff ? 0 : monthEffect(places, monthEffectLimit(spreadOfErrors)) * levelScale;
  const leeway = (monthTolerance - 1) * Math.abs(effect);
  const lastMonth = places.flatMap((place) => place.slice(0, 1)).map((share) => monthTolerance * share * levelScale);
  const expected = usual + effect;
  return {
    expected,
    lower: Math.min(
      expected - low * scale - leeway,
      ...lastMonth.filter((value) => value < 0).map((value) => usual + value),
    ),
    upper: Math.max(
      expected + high * scale + leeway,
      ...lastMonth.filter((value) => value > 0).map((value) => usual + value),
    ),
    usual,
    usualLower: usual - low * scale,
    usualUpper: usual + high * scale,
    holidayFloor: Math.min(usual, expectation.cheapestWeekday) - low * scale,
    scale,
    levelScale,
  };
};

/** The errors of the first days, for which nothing was expected yet: how far they lie from what all of them tell. */
export const firstErrors = (baseline: readonly number[], first: number): number[] => {
  const expectation = expectNext(baseline, first);
  const scale = bandScale(expectation, { values: baseline, baseline, errors: [], deviations: [] });
  return baseline.map((value, index) => {
    const expected = withWeekday(expectation.profile, expectation.level, first + index);
    return scale === 0 ? 0 : (value - expected) / scale;
  });
};

export const errorOf = (value: number, expected: number, scale: number): number =>
  scale === 0 ? 0 : (value - expected) / scale;
