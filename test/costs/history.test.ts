import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

/** The vendor keeps daily figures for 30 days: from 22 October on. */
const historyDays = 30;
const month = 30 * 86_400_000;

let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;

const start = (cubes: readonly (typeof toyCubes)[keyof typeof toyCubes][], now = '2026-11-21T10:00:00Z'): void => {
  clock = new VirtualClock(now);
  vendor = new ToyVendor(clock, { name: 'acme', cubes, costs: { historyDays } });
  rig = openRig([vendor], clock, { store: createMemoryStore(clock) });
};

describe('days that a vendor keeps no longer', () => {
  beforeEach(() => start([toyCubes.day]));

  it('are missing and not free, and are not asked for', async () => {
    const answer = await rig.ask({ start: '2026-10-18', end: '2026-10-26' });
    expect(answer.complete).toBe(false);
    expect(answer.providers[0]).toMatchObject({ status: 'partial', problem: { status: 502 } });
    expect(answer.providers[0]?.problem?.detail).toContain('keeps daily figures for 30 days');
    expect(answer.providers[0]?.problem?.detail).toContain('4 days between 2026-10-18 and 2026-10-21 are missing');
    expect([...new Set(answer.rows.map((row) => row.start))]).toEqual([
      '2026-10-22',
      '2026-10-23',
      '2026-10-24',
      '2026-10-25',
    ]);
    expect(vendor.questions.every((question) => question.start >= '2026-10-22')).toBe(true);
  });

  it('make an answer without rows, and no failure, where nothing else was asked for', async () => {
    const answer = await rig.ask({ start: '2026-09-01', end: '2026-09-05' });
    expect(answer).toMatchObject({ complete: false, rows: [], providers: [{ status: 'partial' }] });
    expect(vendor.calls).toBe(0);
  });

  it('are answered from what was stored while the vendor had them', async () => {
    const asked = { start: '2026-10-22', end: '2026-10-26', granularity: 'total' as const };
    const before = await rig.ask(asked);
    await clock.advance(month);
    const calls = vendor.calls;
    const after = await rig.ask(asked);
    expect(after.totals).toEqual(before.totals);
    expect(after.complete).toBe(true);
    expect(vendor.calls).toBe(calls);
  });

  it('are answered by a monthly figure where the vendor still has one', async () => {
    start([toyCubes.day, toyCubes.figure]);
    const answer = await rig.ask({
      start: '2026-09-01',
      end: '2026-10-01',
      granularity: 'total',
      groupBy: ['service'],
    });
    expect(answer.complete).toBe(true);
    expect(vendor.questions.map((question) => question.cube)).toEqual([toyCubes.figure.id]);
  });

  it.each([toyCubes.month, toyCubes.range])('are cut from the span of $id', async (cube) => {
    start([cube]);
    const answer = await rig.ask({ start: '2026-10-01', end: '2026-11-01' });
    expect(answer.complete).toBe(false);
    expect(vendor.questions.map((question) => question.start)).toEqual(['2026-10-22']);
  });
});
