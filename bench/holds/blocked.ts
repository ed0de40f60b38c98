import type { Figure } from '../chaos/figure.ts';
import type { Plan } from '../chaos/plan.ts';
import { type BusyGateway, withBusyGateway } from './busy-gateway.ts';
import type { Generator } from './generator.ts';

/**
 * `npm run chaos blocked`: the gateway stands still for half a second under load, several times. Four processes: the
 * gateway as `npm start` runs it with its shedder, API keys and the embedded store, the three simulated vendors, the
 * generator, and this one. The signals STOP and CONT block it, as a machine that swaps would.
 */
const blockedMs = 500;

export const measureBlocked = async (busy: BusyGateway, generator: Generator, short: boolean): Promise<Figure[]> => {
  const [cached] = busy.load.kinds;
  if (cached === undefined) throw new TypeError('a load has kinds');
  const load = {
    ...busy.load,
    keys: busy.load.keys.slice(1),
    kinds: [{ ...cached, share: 1 }],
    requestsPerSecond: 50,
    seconds: 0.5,
  };
  await generator.open({ ...load, seed: 1 });
  let lost = 0;
  let refusedLater = 0;
  let refusedAtOnce = 0;
  for (let round = 0; round < (short ? 1 : 5); round += 1) {
    const during = generator.open({ ...load, seconds: short ? 1 : 2, seed: 10 + round });
    await new Promise((resolve) => setTimeout(resolve, 100));
    busy.gateway.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, blockedMs));
    busy.gateway.kill('SIGCONT');
    const { unanswered, broken, refused } = await during;
    lost += unanswered + broken;
    refusedAtOnce += refused.count;
    await new Promise((resolve) => setTimeout(resolve, short ? 1_600 : 500));
    refusedLater += (await generator.open({ ...load, seed: 20 + round })).refused.count;
  }
  return [
    { name: 'requests lost while it stood still', found: lost, most: 0 },
    { name: 'requests refused in the two seconds after', found: refusedAtOnce, least: 0 },
    { name: 'requests refused after these two seconds', found: refusedLater, most: 0 },
  ];
};

export const blocked = ({ short }: Plan): Promise<Figure[]> =>
  withBusyGateway({}, short, (busy, generator) => measureBlocked(busy, generator, short));
