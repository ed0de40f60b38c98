import { describe, expect, test } from 'vitest';
import { backTest, meanScore } from '../../bench/analysis/back-test.ts';
import { chosen, naive } from '../../bench/analysis/candidates.ts';
import { seededSeries } from '../../bench/analysis/seeded-series.ts';

const horizons = [7, 30];
const scores = seededSeries(1).map((series) => {
  const scoreOf = (candidate: typeof chosen) =>
    meanScore(horizons.map((horizon) => backTest(candidate, series, horizon, 4)));
  return { name: series.name, chosen: scoreOf(chosen), naive: scoreOf(naive) };
});

describe('the forecast against seasonal-naive on seeded series', () => {
  test('errs less on average', () => {
    const ours = meanScore(scores.map((score) => score.chosen)).mase;
    const theirs = meanScore(scores.map((score) => score.naive)).mase;
    expect(ours).toBeLessThan(0.85 * theirs);
  });

  test.each(scores)('loses by little at worst: $name', (score) => {
    expect(score.chosen.mase).toBeLessThanOrEqual(1.35 * score.naive.mase);
  });

  test('holds about 80 of 100 days in its intervals', () => {
    const { coverage } = meanScore(scores.map((score) => score.chosen));
    expect(coverage).toBeGreaterThan(72);
    expect(coverage).toBeLessThan(93);
  });
});
