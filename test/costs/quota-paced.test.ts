import { beforeEach, describe, expect, it } from 'vitest';
import type { GroupKey } from '../../src/domain/dimension.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const minute = 60_000;
const dayMinutes = 24 * 60;
const limit = 60;
const cube = { ...toyCubes.range, quota: 'cost-queries' };
const sets: readonly (readonly GroupKey[])[] = [['service'], ['region'], ['tag:env']];

let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;
beforeEach(() => {
  clock = new VirtualClock('2026-11-21T08:30:00Z');
  vendor = new ToyVendor(clock, {
    name: 'acme',
    cubes: [cube],
    quotas: [{ name: 'cost-queries', limit, windowMs: dayMinutes * minute }],
    ages: { openMs: 10 * minute, restatedDays: 7, restatedMs: 60 * minute },
  });
  rig = openRig([vendor], clock);
});

/** No ledger stands between engine and vendor here: the pace alone has to keep the limit. */
const callsInADay = async (stepMinutes: number, noCache: boolean): Promise<number> =>
  vendor.callsOf(async () => {
    for (let at = 0; at < dayMinutes; at += stepMinutes) {
      for (const groupBy of sets) await rig.ask({ end: '2026-11-23', groupBy }, { noCache });
      await clock.advance(stepMinutes * minute);
    }
  });

describe('questions that draw on a quota', () => {
  it('asked every minute for a day with three sets of dimensions stay within it', async () => {
    const calls = await callsInADay(1, false);
    expect(calls).toBeLessThanOrEqual(limit);
    expect(calls).toBeGreaterThanOrEqual(limit / 4);
  });

  it('are all answered meanwhile, and wholly', async () => {
    for (let at = 0; at < 12 * 60; at += 7) {
      for (const groupBy of sets) expect((await rig.ask({ end: '2026-11-23', groupBy })).complete).toBe(true);
      await clock.advance(7 * minute);
    }
  });

  it('stay within it even where every caller insists on new figures', async () => {
    expect(await callsInADay(4, true)).toBeLessThanOrEqual(limit + sets.length);
  });

  it('that ask for several months of one set share its refreshes', async () => {
    const months = [
      ['2026-09-01', '2026-10-01'],
      ['2026-10-01', '2026-11-01'],
      ['2026-11-01', '2026-11-23'],
    ];
    const calls = await vendor.callsOf(async () => {
      for (let at = 0; at < dayMinutes; at += 4) {
        for (const [start = '', end = ''] of months) await rig.ask({ start, end });
        await clock.advance(4 * minute);
      }
    });
    expect(calls).toBeLessThanOrEqual(limit);
  });

  it('do not spend it on a vendor that is down', async () => {
    await rig.ask();
    vendor.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    const calls = await vendor.callsOf(async () => {
      for (let at = 0; at < 6 * 60; at += 1) {
        await rig.ask();
        await clock.advance(minute);
      }
    });
    expect(calls).toBeLessThanOrEqual(limit / 2);
  });
});
