import { parseArgs } from 'node:util';
import { loadAugurs } from './augurs.ts';
import { backTest, meanScore, type Score } from './back-test.ts';
import { candidates } from './candidates.ts';
import { readSeries } from './real-series.ts';
import { type NamedSeries, seededSeries } from './seeded-series.ts';
import { printTable } from './table.ts';

/**
 * Compares methods that forecast daily costs:
 * `node bench/analysis/forecast.ts [--copies 3] [--real <folder of CSV files>] [--augurs <folder of the package>]`
 */
const { values: options } = parseArgs({
  options: { copies: { type: 'string', default: '3' }, real: { type: 'string' }, augurs: { type: 'string' } },
});

const horizons = [7, 30] as const;
const origins = 10;
const augurs = options.augurs === undefined ? null : await loadAugurs(options.augurs);
const methods = candidates(augurs);

const measure = (series: readonly NamedSeries[], title: string): void => {
  const names = [...new Set(series.map(({ name }) => name))];
  const scores = new Map<string, Score>();
  const milliseconds = new Map<string, number>();
  for (const [method, candidate] of methods) {
    const started = performance.now();
    for (const name of names) {
      for (const horizon of horizons) {
        const copies = series.filter((one) => one.name === name);
        const score = meanScore(copies.map((one) => backTest(candidate, one, horizon, origins)));
        scores.set(`${method}/${name}/${horizon}`, score);
      }
    }
    milliseconds.set(method, (performance.now() - started) / (series.length * horizons.length * origins));
  }
  const scoreOf = (method: string, name: string, horizon: number): Score =>
    scores.get(`${method}/${name}/${horizon}`) ?? meanScore([]);
  printTable([
    [`${title}: MASE, mean of both horizons`, ...methods.keys()],
    ...names.map((name) => [
      name,
      ...[...methods.keys()].map((method) =>
        meanScore(horizons.map((horizon) => scoreOf(method, name, horizon))).mase.toFixed(3),
      ),
    ]),
  ]);
  printTable([
    [`${title}: all`, 'MASE 7', 'MASE 30', 'sMAPE 7', 'sMAPE 30', 'total 30 %', 'coverage 7 %', 'coverage 30 %', 'ms'],
    ...[...methods.keys()].map((method) => {
      const [near, far] = horizons.map((horizon) => meanScore(names.map((name) => scoreOf(method, name, horizon))));
      if (near === undefined || far === undefined) return [method];
      const errors = [near.mase, far.mase].map((value) => value.toFixed(3));
      const percents = [near.smape, far.smape, far.total, near.coverage, far.coverage].map((value) => value.toFixed(1));
      return [method, ...errors, ...percents, (milliseconds.get(method) ?? 0).toFixed(1)];
    }),
  ]);
};

measure(seededSeries(Number(options.copies)), 'seeded');
if (options.real !== undefined) measure(readSeries(options.real), 'real');
