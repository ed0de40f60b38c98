import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import type { SourceCost } from '../../src/vendor/contract/contract.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const november = { start: '2026-11-01', end: '2026-11-11' };

let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;

/** A vendor with these rows alone. */
const start = (rows: readonly SourceCost[]): void => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  vendor = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.range] });
  vendor.rewrite = () => [...rows];
  rig = openRig([vendor], clock);
};
const row = (day: string, service: string, quantity?: SourceCost['quantity'], currency = 'USD'): SourceCost => ({
  day,
  values: ['a1', service],
  amount: '1',
  currency,
  ...(quantity === undefined ? {} : { quantity }),
});
const used = (amount: string, unit = 'hour') => ({ amount, unit });
const quantitiesBy = async (asked: Partial<CostQuery>, at: Rig = rig) =>
  (await at.ask({ ...november, quantities: true, ...asked })).rows.map(({ quantity }) => quantity);

describe('quantities', () => {
  beforeEach(() =>
    start([
      row('2026-11-01', 'search', used('0.1')),
      row('2026-11-01', 'search', used('2e-1')),
      row('2026-11-02', 'search', used('12345678901234567890.000000000000000001')),
      row('2026-11-02', 'storage', used('-3', 'GB')),
    ]),
  );

  it('are summed exactly where rows are added', async () => {
    expect(await quantitiesBy({ granularity: 'total', groupBy: ['service'] })).toEqual([
      { amount: '12345678901234567890.300000000000000001', unit: 'hour' },
      { amount: '-3', unit: 'GB' },
    ]);
    expect(await quantitiesBy({ granularity: 'daily', groupBy: ['service'] })).toEqual([
      { amount: '0.3', unit: 'hour' },
      { amount: '12345678901234567890.000000000000000001', unit: 'hour' },
      { amount: '-3', unit: 'GB' },
    ]);
  });

  it('are null where a group mixes units', async () => {
    expect(await quantitiesBy({ granularity: 'daily' })).toEqual([{ amount: '0.3', unit: 'hour' }, null]);
  });

  it('are summed by currency, as the costs beside them', async () => {
    start([row('2026-11-01', 'search', used('1')), row('2026-11-01', 'search', used('4'), 'EUR')]);
    expect(await quantitiesBy({ granularity: 'total' })).toEqual([used('4'), used('1')]);
  });

  it('are added again where converted costs become one row', async () => {
    start([row('2026-11-01', 'search', used('1')), row('2026-11-01', 'search', used('4'), 'EUR')]);
    const rate = { from: 'EUR', to: 'USD', rate: '2', validFrom: '2026-01-01', validTo: '2027-01-01' };
    const converting = openRig([vendor], clock, { rates: [{ ...rate, source: 'config', custom: true }] });
    expect(await quantitiesBy({ granularity: 'total', currency: 'USD' }, converting)).toEqual([used('5')]);
  });

  it('are null where some rows of a group have none, in the same month or in another', async () => {
    start([
      row('2026-10-30', 'search', used('5')),
      row('2026-11-01', 'search', used('1')),
      row('2026-11-02', 'search'),
      row('2026-11-02', 'storage', used('0')),
    ]);
    const asked = { start: '2026-10-01', groupBy: ['service'] } as const;
    expect(await quantitiesBy({ ...asked, granularity: 'total' })).toEqual([null, used('0')]);
    expect(await quantitiesBy({ ...asked, granularity: 'monthly' })).toEqual([used('5'), null, used('0')]);
  });

  it('do not stand in rows that were not asked for them', async () => {
    const { rows } = await rig.ask({ ...november, groupBy: ['service'] });
    expect(rows.length).toBeGreaterThan(0);
    for (const each of rows) expect(Object.keys(each)).not.toContain('quantity');
  });

  it('are the same after a restart, without a call', async () => {
    const before = await quantitiesBy({ granularity: 'daily', groupBy: ['service'] });
    const restarted = openRig([vendor], clock, { store: rig.store });
    const calls = vendor.calls;
    expect(await quantitiesBy({ granularity: 'daily', groupBy: ['service'] }, restarted)).toEqual(before);
    expect(vendor.calls).toBe(calls);
  });
});

describe('a quantity that is no decimal, or of nothing', () => {
  it.each([
    ['', 'hour'],
    ['NaN', 'hour'],
    ['1,000', 'hour'],
    ['0x10', 'hour'],
    ['Infinity', 'hour'],
    ['1', ''],
    ['1', ' '],
  ])('leaves the cost whole and is named in a note: %j %j', async (amount, unit) => {
    start([row('2026-11-01', 'search', used(amount, unit)), row('2026-11-01', 'storage', used('7'))]);
    const answer = await rig.ask({ ...november, granularity: 'total', groupBy: ['service'], quantities: true });
    expect(answer.complete).toBe(true);
    expect(answer.totals).toEqual([{ amount: '2', currency: 'USD' }]);
    expect(answer.rows.map(({ quantity }) => quantity)).toEqual([null, used('7')]);
    expect(answer.providers[0]?.notes).toContainEqual(expect.objectContaining({ code: 'quantity-unreadable' }));
  });

  it('is not named where all can be read', async () => {
    start([row('2026-11-01', 'search', used('1'))]);
    const answer = await rig.ask({ ...november, quantities: true });
    expect(answer.providers[0]?.notes.map(({ code }) => code)).not.toContain('quantity-unreadable');
  });
});
