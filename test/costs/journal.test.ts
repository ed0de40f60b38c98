import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const minute = 60_000;
const hour = 60 * minute;

let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;
beforeEach(() => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  vendor = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.range] });
  rig = openRig([vendor], clock, { staleIfErrorMs: 12 * hour });
});

describe('the journal of changes', () => {
  const recorded = () => rig.journal.list(rig.connection, 0);
  const rewritten = async (day: string) => {
    vendor.restate(day, (rows) => [
      ...rows,
      {
        day,
        values: { account: 'a1', service: 'late' },
        tags: new Map(),
        units: 1_500_000_000_000_000_000n,
        currency: 'USD',
      },
    ]);
    await clock.advance(13 * hour);
    await rig.ask();
  };

  it('says what a vendor changed in a day it had reported, by group, before and after', async () => {
    await rig.ask();
    await rewritten('2026-11-18');
    expect(await recorded()).toEqual([
      {
        day: '2026-11-18',
        group: { account: 'a1', service: 'late' },
        before: { amount: '0', currency: 'USD' },
        after: { amount: '1.5', currency: 'USD' },
        seenAt: '2026-11-21T23:00:00Z',
      },
    ]);
  });

  it('is silent when a day is read again and is the same', async () => {
    await rig.ask();
    await clock.advance(13 * hour);
    await rig.ask();
    expect(vendor.calls).toBe(2);
    expect(await recorded()).toEqual([]);
  });

  it('is silent about a day that was still running when it was read', async () => {
    await rig.ask();
    await rewritten('2026-11-21');
    expect(await recorded()).toEqual([]);
  });

  it('is silent about a day that the vendor had not yet wholly reported', async () => {
    vendor.completeThrough = '2026-11-19';
    await rig.ask();
    await rewritten('2026-11-20');
    expect(await recorded()).toEqual([]);
  });

  it('outlives the engine, and gives the newest first', async () => {
    await rig.ask();
    await rewritten('2026-11-18');
    await rewritten('2026-11-19');
    rig = openRig([vendor], clock, { store: rig.store });
    expect((await recorded()).map((change) => change.day)).toEqual(['2026-11-19', '2026-11-18']);
    expect(await rig.journal.list(rig.connection, clock.now() + 1)).toEqual([]);
  });
});
