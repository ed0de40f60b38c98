import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyAges, toyCubes } from '../support/toy-vendor.ts';

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
const callsFor = (asked: Partial<CostQuery> = {}) => vendor.callsOf(() => rig.ask(asked));
const statusFor = async (asked: Partial<CostQuery> = {}) => (await rig.ask(asked)).providers[0];

describe('a reading with faults', () => {
  const fault = { path: 'costs[3].cost', message: 'is no finite decimal' };

  it('is partial, names where it stood, and keeps what could be read', async () => {
    vendor.faults = [fault];
    const answer = await rig.ask();
    expect(answer.complete).toBe(false);
    expect(answer.providers[0]).toMatchObject({ status: 'partial', problem: { type: '/problems/vendor-incomplete' } });
    expect(answer.providers[0]?.problem?.detail).toContain('costs[3].cost is no finite decimal');
    expect(answer.rows.length).toBeGreaterThan(0);
  });

  it('of one day leaves the other days whole', async () => {
    vendor.faults = [{ ...fault, day: '2026-11-05' }];
    expect(await statusFor()).toMatchObject({ status: 'partial' });
    expect(await statusFor({ start: '2026-11-06' })).toMatchObject({ status: 'fresh' });
  });

  it('never replaces a good one', async () => {
    const good = await rig.ask();
    await clock.advance(2 * toyAges.openMs + minute);
    vendor.faults = [fault];
    vendor.rewrite = (rows) => rows.slice(0, 1);
    const answer = await rig.ask();
    expect(answer.totals).toEqual(good.totals);
    expect(answer.providers[0]).toMatchObject({ status: 'stale' });
  });

  it('never replaces a good one either where only its amounts cannot be read', async () => {
    const good = await rig.ask();
    await clock.advance(2 * toyAges.openMs + minute);
    vendor.rewrite = (rows) => rows.map((row) => ({ ...row, amount: 'NaN' }));
    expect((await rig.ask()).totals).toEqual(good.totals);
  });

  it('over a good one is not asked for again by every caller', async () => {
    await rig.ask();
    await clock.advance(2 * toyAges.openMs + minute);
    vendor.faults = [fault];
    await rig.ask();
    await clock.advance(1000);
    expect(await callsFor()).toBe(0);
  });

  it('is replaced by a good one', async () => {
    vendor.faults = [fault];
    await rig.ask();
    await clock.advance(2 * toyAges.openMs + minute);
    vendor.faults = [];
    expect(await statusFor()).toMatchObject({ status: 'fresh' });
  });

  it.each(['NaN', 'Infinity', '1e400', '', '1,000', '0x10'])(
    'with the amount %j is partial, never a zero',
    async (amount) => {
      vendor.rewrite = (rows) => [...rows, { day: '2026-11-05', values: ['a1', 'odd'], amount, currency: 'USD' }];
      const answer = await rig.ask({ groupBy: ['service'] });
      expect(answer.providers[0]).toMatchObject({ status: 'partial' });
      expect(answer.rows.some((row) => row.group.service === 'odd')).toBe(false);
    },
  );

  it('with rows outside the days that were asked for says how many', async () => {
    vendor.rewrite = (rows) => [...rows, { day: '2026-12-05', values: ['a1', 'odd'], amount: '1', currency: 'USD' }];
    const status = await statusFor();
    expect(status).toMatchObject({ status: 'partial' });
    expect(status?.problem?.detail).toContain('1 rows lie outside the days asked for');
  });

  it('is as old as its question, however late its answer came', async () => {
    vendor.delayMs = 20_000;
    const early = rig.ask({}, { deadline: clock.monotonic() + 1 });
    const refused = expect(early).rejects.toMatchObject({ kind: 'deadline-exceeded' });
    await clock.advance(20_000);
    await refused;
    expect(await statusFor()).toMatchObject({ asOf: '2026-11-21T10:00:00Z' });
  });
});
