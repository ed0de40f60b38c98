import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import type { CostType } from '../../src/domain/cost.ts';
import type { CostQuestion, CostReading, SourceCost } from '../../src/vendor/contract/contract.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyAges, toyCubes } from '../support/toy-vendor.ts';

const november = { start: '2026-11-01', end: '2026-11-11', granularity: 'total' } as const;
const all: readonly CostType[] = ['billed', 'effective', 'list'];

let clock: VirtualClock;
let rig: Rig;
let asked: CostQuestion[];
let rows: SourceCost[];

/** A vendor whose every answer has three costs. It answers those of `rows` that are asked for, in their cost type. */
const fill = async (_session: unknown, question: CostQuestion): Promise<CostReading> => {
  asked.push(question);
  const items = rows
    .filter(({ day }) => day >= question.start && day < question.end)
    .map((row) => ({ ...row, amount: row.amounts?.[question.costType] ?? row.amount }));
  const costTypes = all.filter((each) => each !== question.costType);
  return { items, notes: [], faults: [], completeThrough: '2026-11-19', costTypes };
};
const row = (on: string, billed: string, amounts: Partial<Record<CostType, string>>): SourceCost => ({
  day: on,
  values: ['a1', 'search'],
  amount: billed,
  currency: 'USD',
  amounts: { billed, ...amounts },
});

beforeEach(() => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  asked = [];
  rows = [
    row('2026-11-01', '10', { effective: '9.000000000000000000001', list: '12' }),
    row('2026-11-02', '1', { effective: '0', list: '-2e-3' }),
  ];
  const vendor = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.range], costTypes: all, costs: { fill } });
  rig = openRig([vendor], clock);
});

const answerIn = (costType: CostType, more: Partial<CostQuery> = {}) => rig.ask({ ...november, costType, ...more });
const totalIn = async (costType: CostType) => (await answerIn(costType)).totals[0]?.amount;

describe('several cost types in one answer of the vendor', () => {
  it.each([
    ['billed', 'effective', 'list'],
    ['list', 'billed', 'effective'],
  ] as const)('are one call: after %s, %s and %s take none', async (first, ...others) => {
    const due = { billed: '11', effective: '9.000000000000000000001', list: '11.998' };
    for (const costType of [first, ...others]) expect(await totalIn(costType)).toBe(due[costType]);
    expect(asked.map(({ costType }) => costType)).toEqual([first]);
  });

  it('are stored: after a restart none takes a call', async () => {
    await totalIn('billed');
    const vendor = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.range], costTypes: all, costs: { fill } });
    rig = openRig([vendor], clock, { store: rig.store });
    expect(await totalIn('effective')).toBe('9.000000000000000000001');
    expect(asked.length).toBe(1);
  });

  it('make a day without rows a day without cost in each of them', async () => {
    rows = [];
    await answerIn('billed');
    const answer = await answerIn('effective');
    expect([answer.complete, answer.totals, asked.length]).toEqual([true, [], 1]);
  });

  it('carry the quantity into each of them', async () => {
    rows = rows.map((each) => ({ ...each, quantity: { amount: '3', unit: 'hour' } }));
    await answerIn('billed');
    const { rows: effective } = await answerIn('effective', { quantities: true });
    expect(effective.map(({ quantity }) => quantity)).toEqual([{ amount: '6', unit: 'hour' }]);
    expect(asked.length).toBe(1);
  });
});

describe('a row that lacks one of the costs', () => {
  beforeEach(() => {
    rows = [...rows, row('2026-11-03', '5', { list: '6' }), row('2026-11-03', '7', { list: '8' })];
  });

  it('is a fault of its day in that cost type, never a zero', async () => {
    await answerIn('billed');
    const answer = await answerIn('effective');
    expect(answer.complete).toBe(false);
    expect(answer.providers[0]).toMatchObject({ status: 'partial' });
    expect(answer.providers[0]?.problem?.detail).toContain('2 rows came without their effective cost');
    expect(answer.totals).toEqual([{ amount: '9.000000000000000000001', currency: 'USD' }]);
    expect((await answerIn('effective', { end: '2026-11-03' })).complete).toBe(true);
    expect(asked.length).toBe(1);
  });

  it('leaves the other cost types whole', async () => {
    for (const costType of ['billed', 'list'] as const) expect((await answerIn(costType)).complete).toBe(true);
    expect(await totalIn('billed')).toBe('23');
    expect(asked.length).toBe(1);
  });
});

describe('a cost that is no decimal', () => {
  it.each(['', 'NaN', '1,000'])('is a fault in its cost type alone: %j', async (amount) => {
    rows = [...rows, row('2026-11-03', '5', { effective: amount, list: '6' })];
    expect((await answerIn('billed')).complete).toBe(true);
    const answer = await answerIn('effective');
    expect(answer.complete).toBe(false);
    expect(answer.providers[0]?.problem?.detail).toContain('1 amounts are no decimals');
    expect(answer.totals).toEqual([{ amount: '9.000000000000000000001', currency: 'USD' }]);
    expect((await answerIn('list')).complete).toBe(true);
    expect(asked.length).toBe(1);
  });

  it('never replaces a good one, and does not spoil the refresh of the others', async () => {
    const open = { start: '2026-11-19', end: '2026-11-22' };
    rows = [row('2026-11-20', '5', { effective: '4', list: '6' })];
    expect((await answerIn('billed', open)).totals).toEqual([{ amount: '5', currency: 'USD' }]);
    await clock.advance(3 * toyAges.openMs);
    rows = [row('2026-11-20', '7', { effective: 'NaN', list: '8' })];
    const refreshed = await answerIn('billed', { ...open, start: '2026-11-20' });
    expect(refreshed.totals).toEqual([{ amount: '7', currency: 'USD' }]);
    expect(refreshed.providers[0]).toMatchObject({ status: 'fresh' });
    expect((await answerIn('list', open)).totals).toEqual([{ amount: '8', currency: 'USD' }]);
    await clock.advance(5 * 60_000);
    const forced = await rig.ask({ ...november, ...open, costType: 'billed' }, { noCache: true });
    expect(forced.providers[0]).toMatchObject({ status: 'fresh' });
    const effective = await answerIn('effective', open);
    expect(effective.totals).toEqual([{ amount: '4', currency: 'USD' }]);
    expect(effective.providers[0]).toMatchObject({ status: 'stale' });
  });
});
