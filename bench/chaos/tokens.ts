import { createMemoryStore } from '../../src/store/memory.ts';
import { draw } from '../../src/vendor/sandbox/world.ts';
import { HastyClock } from '../../test/support/hasty-clock.ts';
import { settingsOf } from '../../test/support/vendor-line.ts';
import type { Figure } from './figure.ts';
import { openFleet, openReplica, questions, vendorOf } from './fleet.ts';
import type { Plan } from './plan.ts';

const hour = 3_600_000;
const tokenPath = '/oauth';
const minutes = 60_000;

const most = (times: readonly number[], within: number): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + within).length));

/** A day of eight replicas that read at seeded times. A token is valid for an hour. */
export const tokenDay = async ({ seed, short, redisUrl }: Plan): Promise<Figure[]> => {
  const clock = new HastyClock();
  const options = { count: 8, vendors: ['cloudspend'], clock, redisUrl, name: 'token-day', virtual: true };
  const fleet = await openFleet(options);
  const { sandbox } = vendorOf(fleet, 'cloudspend');
  let failed = 0;
  const lifetimes = short ? 2 : 24;
  const begun = clock.monotonic();
  for (let step = 0; clock.monotonic() - begun < lifetimes * hour; step += 1) {
    const asking = Array.from({ length: 4 }, (_, index) => {
      const replica = fleet.replicas[Math.floor(8 * draw(seed, 'replica', step, index))];
      const question = questions[Math.floor(20 * draw(seed, 'question', step, index))] ?? '';
      return replica?.ask(question, { 'cache-control': 'no-cache' });
    });
    for (const status of await Promise.all(asking)) if (status !== 200) failed += 1;
    await clock.advance(5 * minutes * (0.5 + draw(seed, 'pace', step)));
  }
  const mints = sandbox.calls.filter(({ path }) => path.startsWith(tokenPath)).map(({ at }) => at);
  await fleet.close();
  return [
    {
      name: `tokens asked for in any three quarters of a lifetime, 8 replicas, ${lifetimes} lifetimes`,
      found: most(mints, 0.75 * hour),
      most: 1,
    },
    { name: 'tokens asked for in all, a lifetime', found: mints.length / lifetimes, most: 4 / 3 + 1 / lifetimes },
    { name: 'reads that failed meanwhile', found: failed, most: 0 },
  ];
};

/** A process that repeatedly requests a token, loses the answer and crashes. */
export const crashLoop = async ({ short, redisUrl }: Plan): Promise<Figure[]> => {
  const clock = new HastyClock();
  const options = { count: 1, vendors: ['cloudspend'], clock, redisUrl, name: 'crash-loop', virtual: true };
  const fleet = await openFleet(options);
  const vendor = vendorOf(fleet, 'cloudspend');
  vendor.sandbox.faults.set([{ kind: 'cut', path: tokenPath }]);
  const memory = createMemoryStore(clock);
  const settings = { cloudspend: settingsOf(vendor) };
  const starts = short ? 15 : 50;
  for (let start = 0; start < starts; start += 1) {
    const replica = await openReplica({ ...options, settings, memory });
    await replica.ask(questions[start % questions.length] ?? '');
    await replica.close();
    await clock.advance((10 * minutes) / starts);
  }
  const mints = vendor.sandbox.calls.filter(({ path }) => path.startsWith(tokenPath)).map(({ at }) => at);
  await fleet.close();
  return [
    {
      name: `tokens asked for in any ten minutes of a crash loop of ${starts} starts`,
      found: most(mints, 10 * minutes),
      most: 5,
    },
  ];
};
