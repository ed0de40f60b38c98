import { pinnedClock } from '../../test/support/pinned-clock.ts';
import type { Figure } from './figure.ts';
import { openFleet, questions, vendorOf } from './fleet.ts';
import type { Plan } from './plan.ts';

const callsOf = async (plan: Plan, replicas: number, reads: number): Promise<{ calls: number; good: number }> => {
  const clock = pinnedClock();
  const name = `single-${replicas}`;
  const { redisUrl } = plan;
  const fleet = await openFleet({ count: replicas, vendors: ['elastic'], clock, redisUrl, name, virtual: false });
  const vendor = vendorOf(fleet, 'elastic');
  vendor.sandbox.faults.set([{ kind: 'latency', milliseconds: 100 }]);
  const statuses = await Promise.all(
    Array.from({ length: reads }, (_, index) => fleet.replicas[index % replicas]?.ask(questions[0] ?? '')),
  );
  await fleet.close();
  return { calls: vendor.calls(), good: statuses.filter((status) => status === 200).length / reads };
};

/** Many concurrent requests with the same question, whose data is not cached. */
export const singleFlight = async (plan: Plan): Promise<Figure[]> => {
  const reads = plan.short ? 1_000 : 10_000;
  const one = await callsOf(plan, 1, reads);
  const eight = await callsOf(plan, 8, 8 * 50);
  return [
    { name: `calls for ${reads} equal reads at once`, found: one.calls, most: 1 },
    { name: 'calls for equal reads over 8 replicas', found: eight.calls, most: 2 },
    { name: 'of both, share answered with 200', found: Math.min(one.good, eight.good), least: 1 },
  ];
};
