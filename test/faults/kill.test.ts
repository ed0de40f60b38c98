import { expect, test } from 'vitest';
import { isMet, tableOf } from '../../bench/chaos/figure.ts';
import { killOfFolder } from '../../bench/holds/kill/kill.ts';

/** `npm run chaos kill` kills as often as it can, and Redis as well. */
test('a gateway that is killed while it writes has lost nothing that it acknowledged, and does nothing twice', async () => {
  const seed = process.env.CHAOS_SEED ?? String(Date.now());
  const figures = await killOfFolder({ seed, short: true, redisUrl: null });
  expect(figures.length).toBeGreaterThan(1);
  expect(figures.every(isMet), `CHAOS_SEED=${seed}\n${tableOf(figures)}`).toBe(true);
});
