import { at, known, mean } from '../../src/analysis/statistics.ts';
import type { Candidate } from './candidates.ts';
import type { NamedSeries } from './seeded-series.ts';

/** Errors of one forecast, or the mean of many. */
export interface Score {
  /** Mean absolute error, divided by that of seasonal-naive in the days before. */
  readonly mase: number;
  /** Symmetric mean absolute percentage error. */
  readonly smape: number;
  /** Error of the sum over the horizon, in percent of the average cost of such a span. */
  readonly total: number;
  /** Percent of days inside the interval; the target is 80. */
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
    // Tolerates rounding to six decimals, so that a constant is inside an interval of width 0.
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

/** Rolling origin: for each origin, the candidate gets the days before it and forecasts `horizon` days. */
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
