import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chaos } from '../../bench/chaos/chaos.ts';
import { isMet, tableOf } from '../../bench/chaos/figure.ts';
import { type RedisServer, redisAbsence, startRedisServer } from '../support/redis-server.ts';

/** The short form of `npm run chaos`; ratios of times, and eight processes on two cores, belong to the long one. */
describe.skipIf(redisAbsence !== null)('chaos, in short', () => {
  const seed = process.env.CHAOS_SEED ?? String(Date.now());
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server.close());

  test.each(['pauses', 'amplification', 'tokenDay', 'crashLoop', 'singleFlight', 'outage'])(
    '%s keeps its promise',
    async (scenario) => {
      const figures = await chaos({ seed, short: true, redisUrl: server.url }, scenario);
      expect(figures.length).toBeGreaterThan(0);
      expect(figures.every(isMet), `CHAOS_SEED=${seed}\n${tableOf(figures)}`).toBe(true);
    },
  );
});
