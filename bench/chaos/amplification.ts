import { draw } from '../../src/vendor/sandbox/world.ts';
import { HastyClock } from '../../test/support/hasty-clock.ts';
import type { Figure } from './figure.ts';
import { openFleet, questions, vendorOf } from './fleet.ts';
import type { Plan } from './plan.ts';

/** The maximum number of vendor calls in a minute, at one repeated question per second. */
const worstMinute = async ({ seed, short }: Plan, faulty: boolean): Promise<number> => {
  const clock = new HastyClock();
  const options = { count: 1, vendors: ['elastic'], clock, redisUrl: null, name: 'amplification', virtual: true };
  const fleet = await openFleet(options);
  const { sandbox } = vendorOf(fleet, 'elastic');
  if (faulty) sandbox.faults.set([{ kind: 'status', status: 500 }]);
  const order = questions
    .map((question, index) => ({ question, place: draw(seed, 'order', index) }))
    .sort((left, right) => left.place - right.place);
  for (const { question } of short ? order.slice(0, 20) : order) {
    await fleet.replicas[0]?.ask(question);
    await clock.advance(1000);
  }
  const times = sandbox.calls.map(({ at }) => at);
  await fleet.close();
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));
};

/** Compares a vendor that answers every request with an error to the same day with a working one. */
export const amplification = async (plan: Plan): Promise<Figure[]> => {
  const healthy = await worstMinute(plan, false);
  const failing = await worstMinute(plan, true);
  return [{ name: 'calls in the worst minute at 100 % failure, against healthy', found: failing / healthy, most: 1.1 }];
};
