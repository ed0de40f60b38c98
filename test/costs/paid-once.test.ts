import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const hour = 3_600_000;
const today = '2026-11-21';
const { range, day, figure } = toyCubes;

let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;
const start = (cubes: ConstructorParameters<typeof ToyVendor>[1] = {}) => {
  clock = new VirtualClock(`${today}T10:00:00Z`);
  vendor = new ToyVendor(clock, { name: 'acme', cubes: [range], ...cubes });
  rig = openRig([vendor], clock);
};
beforeEach(() => start());
const callsFor = (asked: Partial<CostQuery>) => vendor.callsOf(() => rig.ask(asked));

describe('what was paid for once', () => {
  beforeEach(async () => {
    await rig.ask({ groupBy: ['account', 'service'] });
    expect(vendor.calls).toBe(1);
  });

  it.each<[string, Partial<CostQuery>]>([
    ['the same question', { groupBy: ['account', 'service'] }],
    ['a coarser one', { groupBy: ['service'], granularity: 'monthly' }],
    ['a total', { groupBy: [], granularity: 'total' }],
    ['a sub-range', { start: '2026-11-05', end: '2026-11-06' }],
    ['the days left of a month', { start: '2026-11-20', end: '2026-12-31' }],
    ['a filter', { filters: new Map([['service', ['search']]]) }],
    ['a filter for no value', { filters: new Map([['account', [null]]]) }],
    ['another order', { sort: '-cost' }],
    ['a top', { groupBy: ['service'], top: 1 }],
    ['another order of the groups', { groupBy: ['service', 'account'] }],
  ])('answers %s without a call', async (_what, asked) => {
    expect(await callsFor(asked)).toBe(0);
  });

  it('does not answer for a tag that it was not asked with', async () => {
    expect(await callsFor({ groupBy: ['tag:env'] })).toBe(1);
  });

  it('answers a plainer question from figures that were bought with a tag', async () => {
    start();
    await rig.ask({ groupBy: ['tag:env'] });
    expect(await callsFor({ groupBy: ['service'] })).toBe(0);
    expect(await callsFor({ filters: new Map([['account', ['a1']]]) })).toBe(0);
  });

  it('answers either of two tags from figures that were bought with both', async () => {
    start();
    await rig.ask({ groupBy: ['tag:env', 'tag:team'] });
    expect(await callsFor({ groupBy: ['tag:team'], filters: new Map([['service', ['search']]]) })).toBe(0);
  });

  it('is bought for all months of a question in as few calls as the vendor allows', async () => {
    start();
    await rig.ask({ start: '2026-06-01', end: '2026-11-22' });
    expect(vendor.questions.map(({ start, end }) => [start, end])).toEqual([
      ['2026-06-01', '2026-09-01'],
      ['2026-09-01', '2026-11-22'],
    ]);
  });

  it('is renewed in as few calls where it was bought with more dimensions than are asked for', async () => {
    start();
    const quarter = { start: '2026-09-01', end: '2026-11-22' };
    await rig.ask({ ...quarter, groupBy: ['tag:env'] });
    await clock.advance(hour);
    const calls = await vendor.callsOf(() => rig.ask({ ...quarter, groupBy: ['service'] }, { noCache: true }));
    expect(calls).toBe(1);
  });

  it('is a whole month where a week was wanted', async () => {
    start();
    await rig.ask({ start: '2026-10-05', end: '2026-10-12' });
    expect(await callsFor({ start: '2026-10-01', end: '2026-11-01' })).toBe(0);
  });

  it('never asks for days that have not begun', async () => {
    start();
    await rig.ask({ start: '2026-11-01', end: '2027-02-01' });
    expect(vendor.questions.every((each) => each.end <= '2026-11-22')).toBe(true);
    expect(vendor.calls).toBe(1);
  });

  it('is bought day by day, and only the days that are wanted, where a call covers a day', async () => {
    start({ cubes: [day] });
    await rig.ask({ start: '2026-10-05', end: '2026-10-12' });
    expect(vendor.questions.map(({ start, end }) => [start, end])).toEqual([['2026-10-05', '2026-10-12']]);
    await rig.ask({ start: '2026-10-10', end: '2026-10-14' });
    expect(vendor.questions.slice(1).map(({ start, end }) => [start, end])).toEqual([['2026-10-12', '2026-10-14']]);
  });

  it('is taken from the cheapest cube: a monthly figure for whole months, days for the parts', async () => {
    start({ cubes: [day, figure] });
    await rig.ask({ start: '2026-09-15', end: '2026-11-22', granularity: 'monthly', groupBy: ['service'] });
    const cubes = vendor.questions.map((each) => [each.cube, each.start.slice(0, 7)]);
    expect(new Set(cubes.filter(([cube]) => cube === 'figures').map(([, when]) => when))).toEqual(
      new Set(['2026-10', '2026-11']),
    );
    expect(new Set(cubes.filter(([cube]) => cube === 'by-category').map(([, when]) => when))).toEqual(
      new Set(['2026-09']),
    );
  });
});
