import { systemClock } from '../../src/domain/clock.ts';
import { redisAbsence, startRedisServer } from '../../test/support/redis-server.ts';
import { chaos } from './chaos.ts';
import { isMet, tableOf } from './figure.ts';

/**
 * `npm run chaos [scenario]`: checks the gateway's promises while vendors, connections and processes fail and while it is
 * overloaded, in about nine minutes. `CHAOS_SEED` repeats a run; `CHAOS_SHORT=1` runs the short form. Exits with 1 if a promise is broken.
 */
const seed = process.env.CHAOS_SEED ?? systemClock.id().slice(0, 8);
const redis = redisAbsence === null ? await startRedisServer() : null;
const begun = systemClock.monotonic();
process.stdout.write(`seed ${seed}, ${redis === null ? `one memory for all replicas (${redisAbsence})` : 'Redis'}\n`);
const plan = { seed, short: process.env.CHAOS_SHORT === '1', redisUrl: redis?.url ?? null };
const figures = await chaos(plan, process.argv[2] ?? null);
process.stdout.write(`${tableOf(figures)}\n`);
process.stdout.write(`${((systemClock.monotonic() - begun) / 1000).toFixed(0)} s, seed ${seed}\n`);
await redis?.close();
process.exit(figures.every(isMet) ? 0 : 1);
