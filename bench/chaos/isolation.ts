import { pinnedClock } from '../../test/support/pinned-clock.ts';
import type { Figure } from './figure.ts';
import { type Fleet, openFleet, questions, vendorOf } from './fleet.ts';
import type { Plan } from './plan.ts';

const percentile99 = (times: readonly number[]): number =>
  [...times].sort((left, right) => left - right)[Math.ceil(times.length * 0.99) - 1] ?? 0;
const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

const timed = async (fleet: Fleet, reads: number): Promise<number> => {
  const times: number[] = [];
  for (let index = 0; index < reads; index += 1) {
    const begun = performance.now();
    await fleet.replicas[0]?.ask(`${questions[index % 5]}&connection=cloudzero`);
    times.push(performance.now() - begun);
  }
  return percentile99(times);
};

/** One vendor takes thirty seconds per request and gets many; the others get their usual load. */
export const isolation = async ({ short }: Plan): Promise<Figure[]> => {
  const clock = pinnedClock();
  const vendors = ['elastic', 'cloudzero', 'cloudspend'];
  const open = (name: string): Promise<Fleet> =>
    openFleet({ count: 1, vendors, clock, redisUrl: null, name, virtual: false });
  const well = await open('well');
  const hampered = await open('hampered');
  const slow = vendorOf(hampered, 'elastic');
  slow.sandbox.faults.set([{ kind: 'latency', milliseconds: 30_000 }]);
  const reads = short ? 200 : 2_000;
  for (const fleet of [well, hampered]) await timed(fleet, reads);

  const otherCalls = (): number => vendorOf(hampered, 'cloudzero').calls() + vendorOf(hampered, 'cloudspend').calls();
  const ratios: number[] = [];
  let cold = 0;
  let held = 0;
  for (let round = 0; round < (short ? 1 : 5); round += 1) {
    const hanging = questions
      .slice(round * 10, round * 10 + 10)
      .map((question) => hampered.replicas[0]?.ask(`${question}&connection=elastic`, { 'x-deadline-ms': '5000' }));
    const before = otherCalls();
    const begun = performance.now();
    const status = await hampered.replicas[0]?.ask(`${questions[round + 6]}&connection=cloudspend`);
    if (status === 200 && otherCalls() > before && performance.now() - begun < 1500) cold += 1;
    held = Math.max(held, slow.line.waiting());
    const alone = await timed(well, reads);
    ratios.push((await timed(hampered, reads)) / alone);
    await Promise.all(hanging);
  }
  for (const fleet of [well, hampered]) await fleet.close();
  return [
    { name: 'cold reads of others answered beside a vendor that takes 30 s', found: cold, least: ratios.length },
    { name: 'calls that the slow vendor holds at once', found: held, most: 6 },
    {
      name: 'p99 of warm reads of others, against without it (median of rounds)',
      found: median(ratios),
      most: 1.1,
      timing: true,
    },
  ];
};
