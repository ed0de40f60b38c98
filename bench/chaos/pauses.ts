import { draw } from '../../src/vendor/sandbox/world.ts';
import { pinnedClock } from '../../test/support/pinned-clock.ts';
import type { Figure } from './figure.ts';
import { openFleet, vendorOf } from './fleet.ts';
import type { Plan } from './plan.ts';

/** Requests this soon after a rejection were already being sent, so they do not count. */
const underWayMs = 100;
/** How often the delay of the event loop is measured. All replicas share it, so it extends `underWayMs`. */
const tickMs = 10;

const dayMs = 86_400_000;
/** Early enough that there is always a day that has not been requested. */
const worldBegins = Date.UTC(2024, 0, 1);
const daysMax = 900;
const dayText = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Eight replicas send requests continuously while the vendor asks for pauses at seeded times. */
export const pauses = async ({ seed, short, redisUrl }: Plan): Promise<Figure[]> => {
  const clock = pinnedClock();
  const fleet = await openFleet({ count: 8, vendors: ['elastic'], clock, redisUrl, name: 'pauses', virtual: false });
  const { sandbox } = vendorOf(fleet, 'elastic');
  const quiet: { readonly from: number; readonly until: number }[] = [];
  const ends = clock.monotonic() + (short ? 4_000 : 25_000);
  let asked = 0;
  const lateness: { readonly at: number; readonly lateMs: number }[] = [];
  const watchLoop = async (): Promise<void> => {
    while (clock.monotonic() < ends) {
      const before = clock.now();
      await clock.sleep(tickMs);
      lateness.push({ at: before, lateMs: clock.now() - before - tickMs });
    }
  };
  const lateAround = (instant: number): number =>
    lateness.filter(({ at }) => Math.abs(at - instant) < 1_000).reduce((most, { lateMs }) => Math.max(most, lateMs), 0);

  const throttleNow = async (): Promise<void> => {
    for (let turn = 0; clock.monotonic() < ends; turn += 1) {
      await clock.sleep(300 + 700 * draw(seed, 'wait', turn));
      const seconds = 1 + Math.floor(2 * draw(seed, 'pause', turn));
      const seen = sandbox.calls.length;
      sandbox.faults.set([{ kind: 'throttle', retryAfter: String(seconds), times: 1 }]);
      const refused = () => sandbox.calls.slice(seen).find(({ status }) => status === 429);
      while (refused() === undefined && clock.monotonic() < ends) await clock.sleep(5);
      const from = refused()?.at;
      if (from !== undefined) quiet.push({ from, until: from + seconds * 1000 });
      await clock.sleep(seconds * 1000);
    }
  };
  const askOn = async (index: number): Promise<void> => {
    while (clock.monotonic() < ends) {
      const start = worldBegins + Math.floor(daysMax * draw(seed, 'day', index, asked)) * dayMs;
      const question = `granularity=daily&start=${dayText(start)}&end=${dayText(start + dayMs)}`;
      asked += 1;
      await fleet.replicas[index % fleet.replicas.length]?.ask(question, {
        'x-deadline-ms': '200',
      });
      await clock.sleep(60);
    }
  };
  await Promise.all([watchLoop(), throttleNow(), ...Array.from({ length: 8 }, (_, index) => askOn(index))]);
  const quietFrom = quiet.map(({ from, until }) => ({ from: from + underWayMs + 5 * lateAround(from), until }));
  const inside = sandbox.calls.filter(({ at }) => quietFrom.some(({ from, until }) => at > from && at < until));
  await fleet.close();
  return [
    { name: 'calls inside a pause, 8 replicas', found: inside.length, most: 0 },
    { name: 'pauses that were begun', found: quiet.length, least: short ? 1 : 5 },
  ];
};
