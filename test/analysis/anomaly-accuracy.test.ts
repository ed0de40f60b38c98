import { describe, expect, test } from 'vitest';
import { chosen } from '../../bench/analysis/anomaly-candidates.ts';
import { addTallies, tallyAll } from '../../bench/analysis/anomaly-score.ts';
import { labelledSeries } from '../../bench/analysis/labelled-series.ts';

const copies = labelledSeries(2);
const results = [...new Set(copies.map(({ name }) => name))].map((name) => {
  const series = copies.filter((one) => one.name === name);
  return { name, tally: tallyAll(chosen('medium'), series), high: tallyAll(chosen('high'), series) };
});

describe('anomalies on seeded series with known events', () => {
  test('are found, nearly all and at once', () => {
    const all = addTallies(results.map(({ tally }) => tally));
    expect(all.hits / all.labels).toBeGreaterThan(0.93);
    expect(all.hits / (all.hits + all.falseAlarms)).toBeGreaterThan(0.85);
    expect(all.delays / all.hits).toBeLessThan(0.5);
  });

  test.each(results)('are not made up: $name', ({ tally, high }) => {
    expect(tally.falseAlarms / tally.quarters).toBeLessThanOrEqual(0.5);
    expect(high.falseAlarms / high.quarters).toBeLessThanOrEqual(1);
  });
});
