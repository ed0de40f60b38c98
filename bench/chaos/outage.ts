import { draw } from '../../src/vendor/sandbox/world.ts';
import { HastyClock } from '../../test/support/hasty-clock.ts';
import type { Figure } from './figure.ts';
import { openFleet, openQuestion } from './fleet.ts';
import type { Plan } from './plan.ts';

/** Each vendor fails in a different way, for as long as stale data may be served. */
export const outage = async ({ seed, short }: Plan): Promise<Figure[]> => {
  const clock = new HastyClock();
  const vendors = ['elastic', 'cloudzero', 'cloudspend'];
  const fleet = await openFleet({ count: 1, vendors, clock, redisUrl: null, name: 'outage', virtual: true });
  const [replica] = fleet.replicas;
  const warm = [openQuestion, ...vendors.map((id) => `${openQuestion}&connection=${id}`)];
  for (const question of warm) await replica?.ask(question);
  const kinds = ['reset', 'garbage', 'status', 'empty', 'cut'] as const;
  const before = Object.values(fleet.vendors).map((vendor) => vendor.calls());
  let asked = 0;
  let good = 0;
  const steps = short ? 12 : 144;
  for (let step = 0; step < steps; step += 1) {
    for (const [index, { sandbox }] of Object.values(fleet.vendors).entries()) {
      sandbox.faults.set([{ kind: kinds[Math.floor(kinds.length * draw(seed, step, index))] ?? 'reset' }]);
    }
    for (const question of warm) {
      asked += 1;
      if ((await replica?.ask(question)) === 200) good += 1;
    }
    await clock.advance((23.5 * 3_600_000) / steps);
  }
  const calls = Object.values(fleet.vendors).map((vendor, index) => vendor.calls() - (before[index] ?? 0));
  await fleet.close();
  return [
    { name: 'warm reads answered while all vendors are down', found: good / asked, least: 1 },
    { name: 'calls a vendor and hour meanwhile', found: Math.max(...calls) / 23.5, most: 12 },
  ];
};
