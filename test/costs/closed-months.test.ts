import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
const october = { start: '2026-10-01', end: '2026-11-01' };

let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;
beforeEach(() => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  vendor = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.range] });
  rig = openRig([vendor], clock, { staleIfErrorMs: 12 * hour });
});
const callsFor = (asked: Partial<CostQuery> = {}) => vendor.callsOf(() => rig.ask(asked));

describe('a month that is over', () => {
  it('is never asked for again once its days were read after they closed', async () => {
    await rig.ask(october);
    for (let day = 0; day < 30; day += 1) {
      await clock.advance(dayMs);
      expect(await callsFor(october)).toBe(0);
    }
  });

  it('is not asked for again after a restart either', async () => {
    await rig.ask(october);
    await clock.advance(90 * dayMs);
    const again = openRig([vendor], clock, { store: rig.store });
    expect(await vendor.callsOf(() => again.ask(october))).toBe(0);
  });

  it('is asked for again while its last days may still be restated, and once after that', async () => {
    clock = new VirtualClock('2026-11-02T12:00:00Z');
    vendor = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.range] });
    rig = openRig([vendor], clock);
    await rig.ask(october);
    let calls = 0;
    for (let hours = 0; hours < 10 * 24; hours += 13) {
      await clock.advance(13 * hour);
      calls += await callsFor(october);
    }
    expect(calls).toBeGreaterThanOrEqual(3);
    expect(calls).toBeLessThanOrEqual(5);
    await clock.advance(60 * dayMs);
    expect(await callsFor(october)).toBe(0);
  });

  it('is asked for again where all that is known of it was read before it was over', async () => {
    await rig.ask();
    await clock.advance(30 * dayMs);
    vendor.restate('2026-11-20', () => []);
    const november = { start: '2026-11-01', end: '2026-12-01' };
    const answer = await rig.ask(november);
    expect(answer.totals).toEqual(referenceAnswer(question(november), [vendor], '2026-12-21').totals);
    expect(await callsFor(november)).toBe(0);
  });

  it('is asked for again as one figure too, where that figure was read before it was over', async () => {
    vendor = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.figure, toyCubes.day] });
    rig = openRig([vendor], clock);
    const november: Partial<CostQuery> = { start: '2026-11-01', end: '2026-12-01', granularity: 'total' };
    await rig.ask(november);
    await clock.advance(30 * dayMs);
    const answer = await rig.ask(november);
    expect(answer.totals).toEqual(referenceAnswer(question(november), [vendor], '2026-12-21').totals);
    expect(vendor.questions.every((each) => each.cube === 'figures')).toBe(true);
    expect(await callsFor(november)).toBe(0);
  });
});
