import { parseArgs } from 'node:util';
import { dayFromNumber, dayNumber } from '../../src/domain/day.ts';
import { detectors } from './anomaly-candidates.ts';
import { addTallies, type Tally, tally, tallyAll } from './anomaly-score.ts';
import { loadAugurs } from './augurs.ts';
import { type LabelledSeries, labelledSeries } from './labelled-series.ts';
import { readSeries } from './real-series.ts';
import { printTable } from './table.ts';

/**
 * Compares detectors of anomalies by precision, recall, delay and false alarms:
 * `node bench/analysis/anomalies.ts [--copies 4] [--real <folder of CSV files>] [--augurs <folder of the package>]`
 */
const { values: options } = parseArgs({
  options: { copies: { type: 'string', default: '4' }, real: { type: 'string' }, augurs: { type: 'string' } },
});
const augurs = options.augurs === undefined ? null : await loadAugurs(options.augurs);
const methods = detectors(augurs);

const ratio = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3));
const cells = ({ labels, hits, falseAlarms, delays, quarters }: Tally): string[] => [
  ratio(hits, hits + falseAlarms),
  ratio(hits, labels),
  hits === 0 ? '-' : (delays / hits).toFixed(2),
  (falseAlarms / quarters).toFixed(2),
];

const series = labelledSeries(Number(options.copies));
const names = [...new Set(series.map(({ name }) => name))];
const tallies = new Map<string, Tally>();
const milliseconds = new Map<string, number>();
for (const [method, detector] of methods) {
  const started = performance.now();
  for (const name of names) {
    const copies = series.filter((one) => one.name === name);
    tallies.set(`${method}/${name}`, tallyAll(detector, copies));
  }
  milliseconds.set(
    method,
    (performance.now() - started) / series.reduce((days, { values }) => days + values.length, 0),
  );
}

/** Excludes series that are zero on most days: all simple detectors fail on them, which would dominate the sums. */
const regular = (name: string): boolean => name !== 'quiet, intermittent';
const withSecond = ([precision = '', ...others]: string[], second: string): string[] => [precision, second, ...others];

printTable([
  ['false alarms per series and quarter (recall)', ...methods.keys()],
  ...names.map((name) => [
    name,
    ...[...methods.keys()].map((method) => {
      const one = tallies.get(`${method}/${name}`) ?? addTallies([]);
      const recall = one.labels === 0 ? '' : ` (${(one.hits / one.labels).toFixed(2)})`;
      return `${(one.falseAlarms / one.quarters).toFixed(2)}${recall}`;
    }),
  ]),
]);
printTable([
  ['all seeded series', 'precision', 'without intermittent', 'recall', 'delay in days', 'false alarms', 'ms a day'],
  ...[...methods.keys()].map((method) => [
    method,
    ...withSecond(
      cells(addTallies(names.flatMap((name) => tallies.get(`${method}/${name}`) ?? []))),
      cells(addTallies(names.filter(regular).flatMap((name) => tallies.get(`${method}/${name}`) ?? [])))[0] ?? '',
    ),
    (milliseconds.get(method) ?? 0).toFixed(3),
  ]),
]);

/**
 * The one public daily series with known causes (Numenta Anomaly Benchmark, nyc_taxi summed by day): the marathon,
 * Thanksgiving, Christmas, New Year, and the snow storm of 26 and 27 January 2015.
 */
const taxiLabels = ['2014-11-01', '2014-11-27', '2014-12-25', '2015-01-01', '2015-01-26'];
const taxi = options.real === undefined ? undefined : readSeries(options.real).find(({ name }) => name === 'nyc-taxi');
if (taxi !== undefined) {
  const direction = (day: string) => (day === '2014-11-01' ? 'increase' : 'decrease');
  const labelled: LabelledSeries = {
    ...taxi,
    labels: taxiLabels.map((day) => ({ index: dayNumber(day) - taxi.first, days: 3, direction: direction(day) })),
  };
  printTable([
    ['New York taxis', 'precision', 'recall', 'delay in days', 'false alarms', 'alarms'],
    ...[...methods].map(([method, detector]) => {
      const alarms = detector(taxi.values, taxi.first);
      const days = alarms.map(
        ({ index, direction: way }) => `${way === 'increase' ? '+' : '-'}${dayFromNumber(taxi.first + index)}`,
      );
      return [method, ...cells(tally(labelled, alarms)), days.slice(0, 12).join(' ')];
    }),
  ]);
}
