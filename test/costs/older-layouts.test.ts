import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import type { CostSource, Cube } from '../../src/vendor/contract/contract.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyAges } from '../support/toy-vendor.ts';

const before = {
  id: 'figures',
  grain: 'daily',
  dimensions: ['account', 'service'],
  span: 'month',
  price: 1,
} as const satisfies Cube;
const after = { ...before, dimensions: ['account', 'service', 'region'] } as const satisfies Cube;
const october = { start: '2026-10-01', end: '2026-11-01' } as const;

let clock: VirtualClock;
let store: Store;

/** The gateway started with this edition of the cube, on the store that all editions share. */
const start = (cube: Cube, costs: Partial<CostSource> = {}): { readonly vendor: ToyVendor; readonly rig: Rig } => {
  const vendor = new ToyVendor(clock, { name: 'acme', cubes: [cube], ages: toyAges, costs });
  return { vendor, rig: openRig([vendor], clock, { store }) };
};

beforeEach(() => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  store = createMemoryStore(clock);
});

describe('figures that were stored before a cube had one dimension more', () => {
  it('answer what does not concern it without a call', async () => {
    const known = await start(before).rig.ask({ ...october, groupBy: ['service'] });
    const { vendor, rig } = start(after);
    expect((await rig.ask({ ...october, groupBy: ['service'] })).rows).toEqual(known.rows);
    expect(vendor.calls).toBe(0);
  });

  it('answer questions that come at the same time without a call', async () => {
    await start(before).rig.ask(october);
    const { vendor, rig } = start(after);
    await Promise.all([rig.ask({ ...october, groupBy: ['service'] }), rig.ask({ ...october, groupBy: ['account'] })]);
    expect(vendor.calls).toBe(0);
  });

  it('are read again where it is asked for, and give its values', async () => {
    await start(before).rig.ask({ ...october, groupBy: ['service'] });
    const { vendor, rig } = start(after);
    const answer = await rig.ask({ ...october, groupBy: ['region'] });
    expect(answer.complete).toBe(true);
    expect(vendor.questions.map(({ dimensions }) => dimensions)).toEqual([after.dimensions]);
    const expected = await openRig([vendor], clock).ask({ ...october, groupBy: ['region'] });
    expect(answer.rows).toEqual(expected.rows);
    expect(answer.rows.some(({ group }) => group.region !== null)).toBe(true);
  });

  it('are read again where it is filtered by', async () => {
    await start(before).rig.ask(october);
    const { vendor, rig } = start(after);
    await rig.ask({ ...october, filters: new Map([['region', ['eu']]]) });
    expect(vendor.questions.map(({ dimensions }) => dimensions)).toEqual([after.dimensions]);
  });

  it('are replaced by those of the new cube once they have to be read again', async () => {
    await start(before).rig.ask({ groupBy: ['service'] });
    await clock.advance(2 * 3_600_000);
    const { vendor, rig } = start(after);
    await rig.ask({ groupBy: ['service'] });
    expect(vendor.questions.map(({ dimensions }) => dimensions)).toEqual([after.dimensions]);
  });

  it('stay where the vendor keeps them no longer', async () => {
    const known = await start(before).rig.ask({ ...october, groupBy: ['service'] });
    const { vendor, rig } = start(after, { historyDays: 20 });
    const answer = await rig.ask({ ...october, groupBy: ['service'] });
    expect([answer.rows, answer.complete]).toEqual([known.rows, true]);
    expect(vendor.calls).toBe(0);
  });
});
