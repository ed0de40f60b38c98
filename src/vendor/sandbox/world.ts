import { addMonths, type Day, dayNumber } from '../../domain/day.ts';

/**
 * Seeded figures: the same seed and day always give the same figure, on every machine and in every process.
 * A sandbox derives all its endpoints from these figures, so that they agree exactly.
 */

/** A number in [0, 1) that depends on nothing but its arguments. */
export const draw = (...parts: readonly (string | number)[]): number => {
  let hash = 0x811c9dc5;
  for (const character of parts.join('\u0001')) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  hash = Math.imul(hash, 0x297a2d39);
  hash ^= hash >>> 15;
  return (hash >>> 0) / 2 ** 32;
};

export interface Series {
  /** Distinguishes this series from the others of the seed. */
  readonly name: string;
  /** Its average day, as a decimal. */
  readonly base: string;
  /** Growth a year, such as 0.2. */
  readonly growth?: number;
  /** Share of the base that is missing on Saturday and Sunday, 0 to 1. */
  readonly weekend?: number;
  /** Random part, 0 to 1. */
  readonly noise?: number;
  /** Decimal places of a figure. */
  readonly places?: number;
  /** Multiplies the figures of single days: a spike, a drop. */
  readonly events?: Readonly<Record<Day, number>>;
}

/** The first day that has figures. */
export const worldStart = (today: Day): Day => addMonths(today, -36);

/** Decimal places of the factor that a day is multiplied with. */
const factorPlaces = 9;

/** A plain decimal as digits without their point, and how many of them stood behind it. */
const digitsOf = (text: string): { readonly units: bigint; readonly scale: number } => {
  const point = text.indexOf('.');
  const scale = point === -1 ? 0 : text.length - point - 1;
  return { units: BigInt(text.replace('.', '')), scale };
};

/** Whole numbers are enough here, and a world has hundreds of thousands of figures. */
const truncated = (units: bigint, scale: number, places: number): string => {
  const kept = scale <= places ? units : units / 10n ** BigInt(scale - places);
  const keptScale = Math.min(scale, places);
  const digits = (kept < 0n ? -kept : kept).toString().padStart(keptScale + 1, '0');
  const point = digits.length - keptScale;
  const fraction = digits.slice(point).replace(/0+$/, '');
  const sign = kept < 0n ? '-' : '';
  return `${sign}${digits.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`;
};

/** The exact cost of one day, as a canonical decimal. */
export const dailyAmount = (seed: string, series: Series, day: Day): string => {
  const ordinal = dayNumber(day);
  const years = (ordinal - 20_000) / 365.25;
  const weekday = (ordinal + 3) % 7;
  const trend = (1 + (series.growth ?? 0)) ** years;
  const week = weekday >= 5 ? 1 - (series.weekend ?? 0) : 1;
  const noise = 1 + (series.noise ?? 0.1) * (draw(seed, series.name, day) * 2 - 1);
  const factor = digitsOf((trend * week * noise * (series.events?.[day] ?? 1)).toFixed(factorPlaces));
  const base = digitsOf(series.base);
  return truncated(base.units * factor.units, base.scale + factor.scale, series.places ?? 10);
};
