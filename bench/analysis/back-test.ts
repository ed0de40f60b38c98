import { at, known, mean } from '../../src/analysis/statistics.ts';
import type { Candidate } from './candidates.ts';
import type { NamedSeries } from './seeded-series.ts';

/** Errors of one forecast, or the mean of many. */
export interface Score {
  /** Mean absolute error as a share of what seasonal-naive errs by from week to week in the days before. */
  readonly mase: number;
  /** Symmetric mean absolute percentage error. */
  readonly smape: number;
  /** How far the sum over the horizon is off, in percent of what such a span has cost on average. */
  readonly total: number;
  /** Percent of days inside the interval, which is meant for 80. */
  readonly coverage: number;
}

const week = 7;

const scoreOf = (train: readonly number[], actual: readonly number[], forecast: ReturnType<Candidate>): Score => {
  const days = actual
    .map((value, index) => ({ value, band: forecast[index] }))
    .filter(({ value }) => Number.isFinite(value));
  const weekly = mean(train.map((value, index) => Math.abs(value - at(train, index - week))));
  const size = mean(train.map(Math.abs));
  const rows = days.map(({ value, band = { middle: Number.NaN, lower: Number.NaN, upper: Number.NaN } }) => ({
    error: Math.abs(value - band.middle),
    signed: value - band.middle,
    symmetric:
      value === band.middle ? 0 : (200 * Math.abs(value - band.middle)) / (Math.abs(value) + Math.abs(band.middle)),
    // A constant that is printed to six decimals is inside an interval of no width.
    inside: value >= band.lower - 1e-6 * size && value <= band.upper + 1e-6 * size ? 100 : 0,
  }));
  return {
    mase: mean(rows.map(({ error }) => error)) / Math.max(weekly, 0.001 * size),
    smape: mean(rows.map(({ symmetric }) => symmetric)),
    total: (100 * Math.abs(rows.reduce((sum, { signed }) => sum + signed, 0))) / (size * rows.length),
    coverage: mean(rows.map(({ inside }) => inside)),
  };
};

export const meanScore = (scores: readonly Score[]): Score => ({
  mase: mean(scores.map(({ mase }) => mase)),
  smape: mean(scores.map(({ smape }) => smape)),
  total: mean(scores.map(({ total }) => total)),
  coverage: mean(scores.map(({ coverage }) => coverage)),
});

/** Rolling origin: the candidate sees the days before each origin alone, and is asked for the `horizon` days after it. */
export const backTest = (
  candidate: Candidate,
  { values, first }: NamedSeries,
  horizon: number,
  origins: number,
): Score => {
  const earliest = values.length < 100 ? 21 : 90;
  const step = (values.length - horizon - earliest) / Math.max(1, origins - 1);
  const scores: Score[] = [];
  for (let position = 0; position < origins; position += 1) {
    const origin = Math.floor(earliest + step * position);
    const actual = values.slice(origin, origin + horizon);
    if (known(actual).length === 0) continue;
    const train = values.slice(0, origin);
    scores.push(scoreOf(train, actual, candidate(train, first, horizon)));
  }
  return meanScore(scores);
};
