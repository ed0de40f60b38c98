import { expect, it } from 'vitest';
import { runCampaign } from '../../../bench/writes/campaign.ts';

const seed = Date.now() % 1_000_000;

it(`no write is made twice and none is lost, with a fault at each of twelve points (seed ${seed})`, async () => {
  const report = await runCampaign({ writes: 300, seed });
  expect(report.violations).toEqual([]);
  expect(report.effectsMost).toBe(1);
  expect(report.settledWithinSeconds).toBeLessThanOrEqual(60);
  // Every point was reached; where the vendor may have seen a write, some were carried out.
  expect(report.tallies).toHaveLength(12);
  for (const { point, writes, effects } of report.tallies) {
    expect(writes, point).toBe(25);
    if (!/between mark and send|when it has arrived/.test(point)) expect(effects, point).toBeGreaterThan(0);
  }
});
