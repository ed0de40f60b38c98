import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure/failure.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const day = 86_400_000;
let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;
const open = (cubes: ConstructorParameters<typeof ToyVendor>[1]) => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  vendor = new ToyVendor(clock, { historyDays: 30, ...cubes });
  rig = openRig([vendor], clock);
};
beforeEach(() => open({ cubes: [toyCubes.range] }));

const rowsIn = (start: string, end: string) =>
  referenceAnswer(question({ start, end }), [vendor], clock.today()).rows.map((row) => row.cost);

describe('days that the vendor no longer keeps', () => {
  it('are missing, never zero, and are not asked for', async () => {
    const answer = await rig.ask({ start: '2026-09-01', end: '2026-10-01' });
    expect(answer).toMatchObject({
      rows: [],
      totals: [],
      complete: false,
      providers: [
        {
          status: 'partial',
          problem: {
            status: 502,
            detail:
              'Toy toy keeps daily figures back to 2026-10-22. 30 days between 2026-09-01 and 2026-09-30 are missing.',
          },
        },
      ],
    });
    expect(vendor.calls).toBe(0);
    await expect(rig.ask({ start: '2026-09-01', end: '2026-10-01' }, { strict: true })).rejects.toMatchObject({
      kind: 'vendor-incomplete',
    });
  });

  it.each([['range'], ['month'], ['day']] as const)(
    'are left out of what is asked with a cube of span %s',
    async (span) => {
      open({ cubes: [toyCubes[span]] });
      const answer = await rig.ask({ start: '2026-10-10', end: '2026-11-10' });
      expect(answer.rows.map((row) => row.cost)).toEqual(rowsIn('2026-10-22', '2026-11-10'));
      expect(answer).toMatchObject({ complete: false, providers: [{ status: 'partial' }] });
      expect(vendor.questions.map(({ start }) => start).sort()[0]).toBe('2026-10-22');
      const calls = vendor.calls;
      await rig.ask({ start: '2026-10-10', end: '2026-11-10' });
      expect(vendor.calls).toBe(calls);
    },
  );

  it('are served for as long as they are stored', async () => {
    const asked = { start: '2026-10-25', end: '2026-11-10' };
    const before = await rig.ask(asked);
    await clock.advance(40 * day);
    const calls = vendor.calls;
    const after = await rig.ask(asked);
    expect(after.rows).toEqual(before.rows);
    expect(after).toMatchObject({ complete: true, providers: [{ status: 'fresh' }] });
    expect(vendor.calls).toBe(calls);
  });

  it('are in the monthly figures of a vendor that keeps these for longer', async () => {
    open({ cubes: [toyCubes.range, toyCubes.figure] });
    const asked = { start: '2026-08-01', end: '2026-11-01', granularity: 'monthly' as const };
    const answer = await rig.ask(asked);
    expect(answer.rows.map((row) => row.cost)).toEqual(
      referenceAnswer(question(asked), [vendor], clock.today()).rows.map((row) => row.cost),
    );
    expect(answer.complete).toBe(true);
  });

  it('do not hide why days that it does keep could not be read', async () => {
    vendor.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    await expect(rig.ask({ start: '2026-09-01', end: '2026-11-10' })).rejects.toMatchObject({
      kind: 'vendor-unavailable',
    });
  });
});
