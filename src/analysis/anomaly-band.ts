import { type Expectation, expectNext } from './expectation.ts';
import { monthEffect, monthEffectLimit, samePlaces } from './month-effects.ts';
import { distributionOf, known, mean, median } from './statistics.ts';
import { withWeekday } from './weekly-profile.ts';

export interface BandWidth {
  /** Half-width of the band, in spreads of the past errors. */
  readonly spreads: number;
  /** Minimum half-width of the band, as a share of the expected cost. */
  readonly shareMin: number;
}

/** The history of a day. Every list ends with the day before. */
export interface PastDays {
  /** The measured values. */
  readonly values: readonly number[];
  /** The values with anomalous days replaced by their expected value, so that an outlier does not widen later bands. */
  readonly baseline: readonly number[];
  /** Errors of the expectations, as shares; `NaN` for missing days and for the days of an anomaly after its first. */
  readonly errors: readonly number[];
  /** The same without the effect of the day of the month; `NaN` for missing days and for long anomalies. */
  readonly deviations: readonly number[];
}

export interface Band {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  /** The expected value without the effect of the day of the month, and the band around it. */
  readonly usual: number;
  readonly usualLower: number;
  readonly usualUpper: number;
  /** A decrease to a value above this looks like a holiday. */
  readonly holidayFloor: number;
  /** The divisor of errors. */
  readonly scale: number;
  /** The divisor of month effects, which do not depend on the weekday. */
  readonly levelScale: number;
}

/** How many days of errors are used. */
const errorDays = 84;
/** Minimum number of errors for the habit limits. */
const habitErrorsMin = 21;
/** An error on a larger share of days is a habit of the series. The band then includes it, times this tolerance. */
const habitShare = 0.045;
const habitShares = [habitShare, 1 - habitShare];
const habitTolerance = 1.5;
/** How much more the same day of the month may cost than last month. */
const monthTolerance = 1.25;
/** A series is on and off if this share of days costs nothing. Its band then includes its extremes, times this tolerance. */
const offShareMin = 0.3;
const onDaysMin = 3;
const onTolerance = 1.25;
/** How many days decide whether a series is on and off. */
const valuesDays = 63;

/** A lower limit of scales, for days with an expected value near zero, which still vary. */
const leastScale = (past: Pick<PastDays, 'values' | 'baseline'>): number =>
  Math.max(0.2 * median(past.baseline.map(Math.abs)), 0.25 * mean(past.values.slice(-valuesDays).map(Math.abs)) || 0);

/** Errors grow with the expected value, but do not vanish on cheap weekends. */
const bandScale = ({ level, value }: Expectation, least: number): number =>
  Math.max(0.3 * Math.abs(level) + 0.7 * Math.abs(value), least);

/** The limits of an on-and-off series; `NaN` for other series. */
const onAndOff = (values: readonly number[]): readonly [least: number, most: number] => {
  const days = known(values.slice(-valuesDays));
  const costs = days.filter((value) => value !== 0);
  if (costs.length < onDaysMin || days.length - costs.length < offShareMin * days.length) {
    return [Number.NaN, Number.NaN];
  }
  return [onTolerance * Math.min(0, ...costs), onTolerance * Math.max(0, ...costs)];
};

/** The band for the day number `ordinal`, from earlier days only. */
export const bandFor = (past: PastDays, ordinal: number, { spreads, shareMin }: BandWidth): Band => {
  const expectation = expectNext(past.baseline, ordinal - past.baseline.length);
  const usual = expectation.value;
  const scaleMin = leastScale(past);
  const scale = bandScale(expectation, scaleMin);
  const levelScale = Math.max(Math.abs(expectation.level), scaleMin);

  const errors = known(past.errors.slice(-errorDays));
  const { spread, quantiles } = distributionOf(errors, habitShares);
  const spreadOfErrors = spread || 0;
  const typicalError = Math.max(spreadOfErrors, 0.6 * mean(errors.map(Math.abs)) || 0);
  // Wider while there are few errors.
  const width = Math.max(shareMin, spreads * typicalError) * (1 + 7 / Math.max(7, errors.length));
  const [lowest, highest] = quantiles.map((error) => (errors.length < habitErrorsMin ? 0 : habitTolerance * error));
  const [least, most] = onAndOff(past.values);
  const high = Math.max(width, highest ?? 0, (most - usual) / scale || 0);
  const low = Math.max(width, -(lowest ?? 0), (usual - least) / scale || 0);

  const places = samePlaces(past.deviations, past.deviations.length, ordinal);
  // An on-and-off series has costs on the same day of several months by chance.
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

/** Errors of the first days, which had no expectation: their distance from the expectation over all of them. */
export const firstErrors = (baseline: readonly number[], first: number): number[] => {
  const expectation = expectNext(baseline, first);
  const scale = bandScale(expectation, leastScale({ values: baseline, baseline }));
  return baseline.map((value, index) => {
    const expected = withWeekday(expectation.profile, expectation.level, first + index);
    return scale === 0 ? 0 : (value - expected) / scale;
  });
};

export const errorOf = (value: number, expected: number, scale: number): number =>
  scale === 0 ? 0 : (value - expected) / scale;
