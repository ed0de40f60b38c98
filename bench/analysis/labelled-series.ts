import { monthPlaceOf, weekdayOf } from '../../src/analysis/calendar.ts';
import { dayFromNumber, dayNumber } from '../../src/domain/day.ts';
import { type Random, seededRandom } from './random.ts';
import type { NamedSeries } from './seeded-series.ts';

/** An event that a detector should report. */
export interface Label {
  readonly index: number;
  readonly days: number;
  readonly direction: 'increase' | 'decrease';
}

export interface LabelledSeries extends NamedSeries {
  readonly labels: readonly Label[];
}

interface Event extends Label {
  readonly factor: number;
}

interface Character {
  readonly noise: number;
  readonly weekend: number;
  readonly events: (random: Random) => Event[];
  /** Further factors of a day that are not anomalies. */
  readonly usual?: (random: Random) => (index: number, ordinal: number) => number;
}

const days = 365;
const firstDay = dayNumber('2025-06-02');
const forGood = days;

/** One event in each of `count` equal parts of the series from day 60 on. */
const spaced = (random: Random, count: number, event: (index: number) => Event): Event[] => {
  const part = (days - 75) / count;
  return Array.from({ length: count }, (_, position) =>
    event(Math.floor(60 + part * (position + 0.5 * random.next()))),
  );
};
const rise =
  (random: Random, least: number, most: number, length: number) =>
  (index: number): Event => ({
    index,
    days: length,
    direction: 'increase',
    factor: random.between(least, most),
  });
const fall =
  (random: Random, least: number, most: number, length: number) =>
  (index: number): Event => ({
    index,
    days: length,
    direction: 'decrease',
    factor: random.between(least, most),
  });
const none = (): Event[] => [];

const holidays = ['07-04', '09-01', '11-27', '12-24', '12-25', '12-26', '01-01', '05-25'];

const characters: Readonly<Record<string, Character>> = {
  'quiet, steady': { noise: 0.03, weekend: 0.7, events: none },
  'quiet, noisy': { noise: 0.12, weekend: 0.8, events: none },
  'quiet, constant': { noise: 0, weekend: 1, events: none },
  'quiet, growing': {
    noise: 0.03,
    weekend: 0.75,
    events: none,
    usual: (random) => {
      const rate = random.between(0.002, 0.006);
      return (index) => Math.exp(rate * index);
    },
  },
  'quiet, growth sets in': {
    noise: 0.03,
    weekend: 0.75,
    events: none,
    usual: () => (index) => Math.exp(0.008 * Math.min(90, Math.max(0, index - 120))),
  },
  'quiet, drifting': {
    noise: 0.02,
    weekend: 0.8,
    events: none,
    usual: (random) => {
      let level = 1;
      return () => {
        level *= Math.exp(0.015 * random.normal());
        return level;
      };
    },
  },
  'quiet, holidays': {
    noise: 0.03,
    weekend: 0.5,
    events: none,
    usual: () => (_, ordinal) =>
      holidays.includes(dayFromNumber(ordinal).slice(5)) && weekdayOf(ordinal) < 5 ? 0.52 : 1,
  },
  'quiet, intermittent': {
    noise: 0.2,
    weekend: 1,
    events: none,
    usual: (random) => () => (random.next() < 0.3 ? random.between(0.5, 1.5) : 0),
  },
  'month-end batch': {
    noise: 0.03,
    weekend: 0.9,
    events: (random) => spaced(random, 2, rise(random, 1.6, 2.5, 1)),
    usual: () => (_, ordinal) => {
      const { fromStart, fromEnd } = monthPlaceOf(ordinal);
      return 1 + (fromStart === 1 ? 2 : 0) + (fromEnd === 1 ? 0.9 : 0);
    },
  },
  spikes: { noise: 0.04, weekend: 0.7, events: (random) => spaced(random, 5, rise(random, 1.4, 3, 1)) },
  'spikes, small': { noise: 0.04, weekend: 0.7, events: (random) => spaced(random, 5, rise(random, 1.2, 1.4, 1)) },
  'spikes, noisy': { noise: 0.1, weekend: 0.8, events: (random) => spaced(random, 4, rise(random, 2, 4, 2)) },
  'spikes, holes': {
    noise: 0.04,
    weekend: 0.7,
    events: (random) => spaced(random, 4, rise(random, 1.5, 3, 2)),
    usual: (random) => () => (random.next() < 0.08 ? Number.NaN : 1),
  },
  'spikes, weekend-heavy': { noise: 0.05, weekend: 3, events: (random) => spaced(random, 4, rise(random, 1.6, 3, 1)) },
  'spikes while growing': {
    noise: 0.03,
    weekend: 0.8,
    events: (random) => spaced(random, 4, rise(random, 1.4, 2.5, 1)),
    usual: () => (index) => Math.exp(0.004 * index),
  },
  drops: { noise: 0.04, weekend: 0.8, events: (random) => spaced(random, 4, fall(random, 0.05, 0.45, 2)) },
  incidents: { noise: 0.04, weekend: 0.75, events: (random) => spaced(random, 3, rise(random, 1.4, 2, 6)) },
  'level shifts up': {
    noise: 0.03,
    weekend: 0.75,
    events: (random) => spaced(random, 3, rise(random, 1.3, 1.9, forGood)),
  },
  'level shifts down': {
    noise: 0.03,
    weekend: 0.75,
    events: (random) => spaced(random, 3, fall(random, 0.4, 0.7, forGood)),
  },
  'steps, constant': { noise: 0, weekend: 1, events: (random) => spaced(random, 3, rise(random, 1.2, 2, forGood)) },
};

const generate = (name: string, character: Character, seed: number): LabelledSeries => {
  const random = seededRandom(seed);
  const events = character.events(random);
  const usual = character.usual?.(random) ?? (() => 1);
  let deviation = 0;
  const values = Array.from({ length: days }, (_, index) => {
    const ordinal = firstDay + index;
    deviation = 0.4 * deviation + character.noise * random.normal();
    const factor = events
      .filter((event) => index >= event.index && index < event.index + event.days)
      .reduce((product, event) => product * event.factor, 1);
    const week = weekdayOf(ordinal) >= 5 ? character.weekend : 1;
    return 250 * week * usual(index, ordinal) * factor * Math.exp(deviation);
  });
  return { name, first: firstDay, values, labels: events };
};

export const labelledSeries = (copies: number): LabelledSeries[] =>
  Object.entries(characters).flatMap(([name, character], position) =>
    Array.from({ length: copies }, (_, copy) => generate(name, character, 90_000 + 100 * position + copy)),
  );
