import type { Alarm, Detector } from './anomaly-candidates.ts';
import type { LabelledSeries } from './labelled-series.ts';

export interface Tally {
  readonly labels: number;
  readonly hits: number;
  readonly falseAlarms: number;
  /** Sum of the days between event and alarm, over all hits. */
  readonly delays: number;
  /** Quarters of a year that were examined. */
  readonly quarters: number;
}

/** An alarm up to this many days after the start of a lasting event counts as a hit. */
const delayMax = 6;
const daysPerQuarter = 91;

/** The first alarm of the same direction during a label is its hit. All other alarms are false, including repeated ones. */
export const tally = ({ values, labels }: LabelledSeries, alarms: readonly Alarm[]): Tally => {
  const found = new Set<number>();
  let delays = 0;
  for (const alarm of alarms) {
    const position = labels.findIndex(
      (label, candidate) =>
        !found.has(candidate) &&
        label.direction === alarm.direction &&
        alarm.index >= label.index &&
        alarm.index <= label.index + Math.min(delayMax, label.days - 1),
    );
    const label = labels[position];
    if (label === undefined) continue;
    found.add(position);
    delays += alarm.index - label.index;
  }
  return {
    labels: labels.length,
    hits: found.size,
    falseAlarms: alarms.length - found.size,
    delays,
    quarters: values.length / daysPerQuarter,
  };
};

const totalOf = (tallies: readonly Tally[], key: keyof Tally): number =>
  tallies.reduce((sum, one) => sum + one[key], 0);

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  labels: totalOf(tallies, 'labels'),
  hits: totalOf(tallies, 'hits'),
  falseAlarms: totalOf(tallies, 'falseAlarms'),
  delays: totalOf(tallies, 'delays'),
  quarters: totalOf(tallies, 'quarters'),
});

export const tallyAll = (detector: Detector, series: readonly LabelledSeries[]): Tally =>
  addTallies(series.map((one) => tally(one, detector(one.values, one.first))));
