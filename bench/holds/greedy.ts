import { readFile } from 'node:fs/promises';
import type { Figure } from '../chaos/figure.ts';
import type { Plan } from '../chaos/plan.ts';
import { type BusyGateway, withBusyGateway } from './busy-gateway.ts';
import type { Generator } from './generator.ts';
import { watchHealth } from './health-watch.ts';
import { spreadOf } from './summary.ts';

/**
 * `npm run chaos greedy`: one caller far above its rate limit on hundreds of connections, and another that asks now and
 * then. Four processes: the gateway as `npm start` runs it with its shedder, API keys and the embedded store, the three
 * simulated vendors, the generator, and this one.
 */
const ticksPerSecond = 100;

/** Seconds of processor time that a process has used. */
const processorSeconds = async (pid: number): Promise<number> => {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

export const measureGreedy = async (busy: BusyGateway, generator: Generator, short: boolean): Promise<Figure[]> => {
  const [first = '', other = ''] = busy.load.keys;
  const [cached] = busy.load.kinds;
  if (cached === undefined) throw new TypeError('a load has kinds');
  const load = { ...busy.load, keys: [first], kinds: [{ ...cached, share: 1 }], requestsPerSecond: 0, seconds: 1 };
  const figures: Figure[] = [];
  for (const connections of short ? [50] : [150, 400]) {
    const before = await processorSeconds(busy.gateway.pid);
    const flood = generator.closed({ ...load, seconds: short ? 1 : 5 }, connections);
    const health = watchHealth(busy.gateway.url);
    const times: number[] = [];
    let refused = 0;
    for (let read = 0; read < (short ? 5 : 20); read += 1) {
      await new Promise((resolve) => setTimeout(resolve, short ? 100 : 200));
      const begun = performance.now();
      const answer = await busy.ask(cached.path, { headers: { authorization: `Bearer ${other}` } });
      await answer.arrayBuffer();
      times.push(performance.now() - begun);
      if (answer.status !== 200) refused += 1;
    }
    const { refused: refusals } = await flood;
    const used = (await processorSeconds(busy.gateway.pid)) - before;
    const { failed, p99 } = await health.stop();
    const at = `${connections} connections: `;
    figures.push(
      { name: `${at}reads of another caller that were refused`, found: refused, most: 0 },
      { name: `${at}p50 of these reads, ms`, found: spreadOf(times).p50, most: 100, timing: true },
      { name: `${at}longest of these reads, ms`, found: spreadOf(times).most, most: 200, timing: true },
      { name: `${at}refusals`, found: refusals.count, least: connections },
      { name: `${at}p99 of refusals, ms`, found: refusals.p99, most: 20, timing: true },
      {
        name: `${at}processor time of a refusal, microseconds`,
        found: (used * 1e6) / refusals.count,
        most: 100,
        timing: true,
      },
      { name: `${at}checks of health that failed`, found: failed, most: 0 },
      { name: `${at}p99 of checks of health, ms`, found: p99, most: 100, timing: true },
    );
  }
  return figures;
};

export const greedy = ({ short }: Plan): Promise<Figure[]> =>
  withBusyGateway({ RATE_LIMIT_MAX: '600' }, short, (busy, generator) => measureGreedy(busy, generator, short));
