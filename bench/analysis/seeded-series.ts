import { monthPlaceOf, weekdayOf } from '../../src/analysis/calendar.ts';
import { dayNumber } from '../../src/domain/day.ts';
import { type Random, seededRandom } from './random.ts';

export interface NamedSeries {
  readonly name: string;
  /** Day number of the first value. */
  readonly first: number;
  /** `NaN` is an unknown value. */
  readonly values: readonly number[];
}

type DayCost = (index: number, ordinal: number) => number;

interface Character {
  readonly days: number;
  readonly noise: number;
  /** The values without noise; draws its constants once. */
  readonly shape: (random: Random) => DayCost;
}

const weekend = (ordinal: number): boolean => weekdayOf(ordinal) >= 5;
const weekly = (factor: number, ordinal: number): number => (weekend(ordinal) ? factor : 1);

/** Typical patterns of daily costs of real accounts. */
const characters: Readonly<Record<string, Character>> = {
  'flat weekly': { days: 400, noise: 0.03, shape: () => (_, ordinal) => 1000 * weekly(0.7, ordinal) },
  constant: { days: 400, noise: 0, shape: () => () => 48.24 },
  growth: {
    days: 400,
    noise: 0.03,
    shape: (random) => {
      const rate = random.between(0.001, 0.004);
      return (index, ordinal) => 200 * Math.exp(rate * index) * weekly(0.8, ordinal);
    },
  },
  'level shifts': {
    days: 400,
    noise: 0.03,
    shape: (random) => {
      const shifts = Array.from({ length: 4 }, () => ({ day: random.between(40, 400), by: random.between(0.6, 1.7) }));
      return (index, ordinal) =>
        500 * weekly(0.85, ordinal) * shifts.reduce((level, { day, by }) => (index >= day ? level * by : level), 1);
    },
  },
  spikes: {
    days: 400,
    noise: 0.04,
    shape: (random) => (_, ordinal) => 300 * weekly(0.8, ordinal) * (random.next() < 0.03 ? random.between(1.8, 5) : 1),
  },
  'weekend-heavy': { days: 400, noise: 0.06, shape: () => (_, ordinal) => 80 * weekly(3, ordinal) },
  'month-end batch': {
    days: 400,
    noise: 0.03,
    shape: () => (_, ordinal) => {
      const { fromStart, fromEnd } = monthPlaceOf(ordinal);
      return 400 * weekly(0.9, ordinal) + (fromStart === 1 ? 900 : 0) + (fromEnd === 1 ? 350 : 0);
    },
  },
  intermittent: {
    days: 400,
    noise: 0.2,
    shape: (random) => () => (random.next() < 0.3 ? random.between(20, 60) : 0),
  },
  drifting: {
    days: 400,
    noise: 0.02,
    shape: (random) => {
      let level = 600;
      return (_, ordinal) => {
        level *= Math.exp(0.02 * random.normal());
        return level * weekly(0.75, ordinal);
      };
    },
  },
  'with holes': {
    days: 400,
    noise: 0.04,
    shape: (random) => (index, ordinal) =>
      random.next() < 0.08 ? Number.NaN : (250 + 0.3 * index) * weekly(0.7, ordinal),
  },
  'with credits': {
    days: 400,
    noise: 0.08,
    shape: (random) => (_, ordinal) => 60 * weekly(0.6, ordinal) - (random.next() < 0.04 ? random.between(80, 200) : 0),
  },
  young: { days: 62, noise: 0.05, shape: () => (index, ordinal) => (90 + 1.5 * index) * weekly(0.75, ordinal) },
};

const firstDay = dayNumber('2025-06-02');

/** The noise is multiplicative, with an autocorrelation of one half, as load has. */
const generate = (name: string, character: Character, seed: number): NamedSeries => {
  const random = seededRandom(seed);
  const shape = character.shape(random);
  let deviation = 0;
  const values = Array.from({ length: character.days }, (_, index) => {
    deviation = 0.5 * deviation + character.noise * random.normal();
    return shape(index, firstDay + index) * Math.exp(deviation);
  });
  return { name, first: firstDay, values };
};

/** `copies` series of each pattern. They are the same in every run. */
export const seededSeries = (copies: number): NamedSeries[] =>
  Object.entries(characters).flatMap(([name, character], position) =>
    Array.from({ length: copies }, (_, copy) => generate(name, character, 50_000 + 1000 * position + copy)),
  );
