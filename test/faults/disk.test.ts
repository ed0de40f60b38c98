import { expect, test } from 'vitest';
import { isMet, tableOf } from '../../bench/chaos/figure.ts';
import { disk } from '../../bench/holds/disk/disk.ts';

test('a process whose files cannot grow reads on, refuses what it cannot record, and is well again by itself', async () => {
  const figures = await disk({ seed: 'disk', short: true, redisUrl: null });
  expect(figures.length).toBeGreaterThan(1);
  expect(figures.every(isMet), tableOf(figures)).toBe(true);
});
