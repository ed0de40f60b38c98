import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/cost/query.ts';
import { Failure } from '../../src/failure/failure.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question, type Rig } from '../support/cost-rig.ts';
import { toyAges, toyCubes, ToyVendor } from '../support/toy-vendor.ts';

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;
const down = new Failure('vendor-unavailable', { public: 'Down.' });
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
const statusFor = async (asked: Partial<CostQuery> = {}) => (await rig.ask(asked)).providers[0];

describe('a figure that grows old', () => {
  it('is served without a call while it is young', async () => {
    await rig.ask();
    await clock.advance(toyAges.openMs);
    expect(await callsFor()).toBe(0);
  });

  it('is served at once and renewed behind, by one caller, when it is due', async () => {
    await rig.ask();
    await clock.advance(toyAges.openMs + minute);
    vendor.delayMs = 10_000;
    const answers = await Promise.all(Array.from({ length: 20 }, () => rig.ask()));
    expect(answers.every((answer) => answer.complete)).toBe(true);
    expect(answers[0]?.providers[0]?.asOf).toBe('2026-11-21T10:00:00Z');
    await clock.advance(10_000);
    expect(vendor.calls).toBe(2);
    expect((await statusFor())?.asOf).toBe('2026-11-21T11:01:00Z');
    expect(vendor.calls).toBe(2);
  });

  it('is renewed before it is served when it is too old for that', async () => {
    await rig.ask();
    await clock.advance(2 * toyAges.openMs + minute);
    vendor.restate('2026-11-21', () => []);
    const answer = await rig.ask();
    expect(vendor.calls).toBe(2);
    expect(answer.totals).toEqual(referenceAnswer(question(), [vendor], '2026-11-21').totals);
  });

  it('is asked for again on a new day', async () => {
    await rig.ask({ end: '2026-12-01' });
    await clock.advance(14 * hour + minute);
    expect(await callsFor({ end: '2026-12-01' })).toBe(1);
    expect((await rig.ask({ end: '2026-12-01' })).rows.every((row) => row.start <= '2026-11-22')).toBe(true);
  });

  it('is renewed at the word of a caller, but not within ten seconds of the last time', async () => {
    await rig.ask();
    await clock.advance(9_000);
    expect(await vendor.callsOf(() => rig.ask({}, { noCache: true }))).toBe(0);
    await clock.advance(2_000);
    const crowd = () => Promise.all(Array.from({ length: 100 }, () => rig.ask({}, { noCache: true })));
    expect(await vendor.callsOf(crowd)).toBe(1);
  });
});

describe('a vendor that fails', () => {
  beforeEach(async () => {
    await rig.ask();
    vendor.failure = down;
  });

  it('is not noticed while what is kept is young or due', async () => {
    await clock.advance(2 * toyAges.openMs);
    expect(await statusFor()).toMatchObject({ status: 'fresh' });
  });

  it('leaves older figures standing, says so, and names the fault', async () => {
    const before = await rig.ask();
    await clock.advance(2 * toyAges.openMs + minute);
    const answer = await rig.ask();
    expect(answer.complete).toBe(false);
    expect(answer.rows).toEqual(before.rows);
    expect(answer.providers[0]).toMatchObject({
      status: 'stale',
      asOf: '2026-11-21T10:00:00Z',
      problem: { type: '/problems/vendor-unavailable', status: 502 },
    });
  });

  it('leaves them standing up to the limit and no longer', async () => {
    const asked = { start: '2026-11-20', end: '2026-11-22' };
    await rig.ask(asked);
    await clock.advance(toyAges.openMs + 12 * hour);
    expect(await statusFor(asked)).toMatchObject({ status: 'stale' });
    await clock.advance(minute);
    await expect(rig.ask(asked)).rejects.toMatchObject({ kind: 'vendor-unavailable' });
  });

  it('turns a strict question into its status', async () => {
    await clock.advance(2 * toyAges.openMs + minute);
    await expect(rig.ask({}, { strict: true })).rejects.toMatchObject({ kind: 'vendor-unavailable' });
  });

  it('keeps the days that stand, names those that do not, and is partial', async () => {
    const answer = await rig.ask({ start: '2026-10-20', end: '2026-11-22' });
    expect(answer.complete).toBe(false);
    expect(answer.providers[0]).toMatchObject({ status: 'partial', problem: { status: 502 } });
    expect(answer.providers[0]?.problem?.detail).toContain('12 days between 2026-10-20 and 2026-10-31');
    expect(answer.rows.length).toBeGreaterThan(0);
    expect(answer.rows.every((row) => row.start >= '2026-11-01')).toBe(true);
  });

  it('is fresh again as soon as it answers', async () => {
    await clock.advance(2 * toyAges.openMs + minute);
    await rig.ask();
    vendor.failure = null;
    await clock.advance(6_000);
    expect(await statusFor()).toMatchObject({ status: 'fresh', asOf: '2026-11-21T12:01:06Z' });
  });

  it('is never a zero', async () => {
    await expect(rig.ask(october)).rejects.toMatchObject({ kind: 'vendor-unavailable' });
  });
});

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

  it.each(['NaN', 'Infinity', '1e400', '', '1,000', '0x10'])('with the amount %j is partial, never a zero', async (amount) => {
    vendor.rewrite = (rows) => [...rows, { day: '2026-11-05', values: ['a1', 'odd'], amount, currency: 'USD' }];
    const answer = await rig.ask({ groupBy: ['service'] });
    expect(answer.providers[0]).toMatchObject({ status: 'partial' });
    expect(answer.rows.some((row) => row.group.service === 'odd')).toBe(false);
  });

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
