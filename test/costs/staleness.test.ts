import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyAges, toyCubes } from '../support/toy-vendor.ts';

const minute = 60_000;
const hour = 60 * minute;
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
