import { detectAnomalies } from '../../src/analysis/anomalies.ts';
import { type Forecaster, seasonalTrend } from '../../src/analysis/seasonal-model.ts';
import { at, mean, median, spread } from '../../src/analysis/statistics.ts';
import { dayFromNumber, dayNumber } from '../../src/domain/day.ts';
import type { Severity } from '../../src/domain/nouns.ts';
import type { Augurs } from './augurs.ts';
import { asAmounts } from './candidates.ts';
import { holtWinters } from './holt-winters.ts';
import type { Label } from './labelled-series.ts';
import { seasonalMedian } from './seasonal-median.ts';

export interface Alarm {
  readonly index: number;
  readonly direction: Label['direction'];
}
export type Detector = (values: readonly number[], first: number) => Alarm[];

/** The method that the gateway uses. */
export const chosen =
  (sensitivity: Severity): Detector =>
  (values, first) =>
    detectAnomalies({ start: dayFromNumber(first), amounts: asAmounts(values), sensitivity }).map((anomaly) => ({
      index: dayNumber(anomaly.day) - first,
      direction: anomaly.direction,
    }));

/** The allowed deviation from the expected cost, from past errors. All are shares of the expected cost. */
type Tolerance = (errors: readonly number[]) => number;

const robust: Tolerance = (errors) => Math.max(0.12, 4.5 * (spread(errors) || 0));
const threeSigma: Tolerance = (errors) => {
  const centre = mean(errors);
  return 3 * Math.sqrt(mean(errors.map((error) => (error - centre) ** 2)));
};

const warmUpDays = 28;
const errorDays = 56;
const historyDays = 120;
const adaptDays = 14;

/**
 * A band around any forecaster, refitted every `blockDays`. A day outside the band is replaced by its expected cost,
 * until the deviation has lasted `adaptDays`.
 */
const banded =
  (forecaster: Forecaster, tolerance: Tolerance, blockDays: number): Detector =>
  (values, first) => {
    const alarms: Alarm[] = [];
    const baseline: number[] = [];
    const errors: number[] = [];
    let block: number[] = [];
    let run = { direction: 'increase', days: 0 };
    for (const [index, value] of values.entries()) {
      if (index < warmUpDays) {
        baseline.push(value);
        continue;
      }
      if ((index - warmUpDays) % blockDays === 0) {
        const from = Math.max(0, index - historyDays);
        block = forecaster(baseline.slice(from), first + from, blockDays);
      }
      const expected = at(block, (index - warmUpDays) % blockDays);
      const error = (value - expected) / (Math.abs(expected) || 1);
      const allowed = errors.length < 14 ? 2 * robust(errors) + 0.12 : tolerance(errors.slice(-errorDays));
      if (!(Math.abs(error) > allowed)) {
        if (Number.isFinite(error)) errors.push(error);
        run = { direction: 'increase', days: 0 };
        baseline.push(value);
        continue;
      }
      const direction = error > 0 ? 'increase' : 'decrease';
      if (run.days === 0 || run.direction !== direction) {
        alarms.push({ index, direction });
        run = { direction, days: 0 };
      }
      run.days += 1;
      baseline.push(run.days > adaptDays ? value : expected);
    }
    return alarms;
  };

/** The mean of the last 30 days, without weekdays. */
const movingMean: Forecaster = (values, _first, horizon) =>
  Array.from({ length: horizon }, () => mean(values.slice(-30)));

const fromAugurs =
  (augurs: Augurs): Forecaster =>
  (values, first, horizon) => {
    const prediction = augurs(
      values.map((value) => (Number.isFinite(value) ? value : median(values))),
      horizon,
    );
    return prediction === null ? seasonalMedian(1)(values, first, horizon) : [...prediction.point];
  };

export const detectors = (augurs: Augurs | null): ReadonlyMap<string, Detector> =>
  new Map([
    ['mean of 30 days, 3 sigma', banded(movingMean, threeSigma, 1)],
    ['weekday median, 8 weeks', banded(seasonalMedian(8), robust, 1)],
    ['Holt-Winters residuals', banded(holtWinters, robust, 7)],
    ['seasonal trend residuals', banded(seasonalTrend, robust, 7)],
    ...(augurs === null ? [] : ([['augurs MSTL residuals', banded(fromAugurs(augurs), robust, 7)]] as const)),
    ['chosen, low', chosen('low')],
    ['chosen, medium', chosen('medium')],
    ['chosen, high', chosen('high')],
  ]);
