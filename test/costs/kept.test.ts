import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const today = '2026-11-21';
const { range } = toyCubes;

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

describe('what is kept', () => {
  it('survives a new engine over the same store', async () => {
    const first = await rig.ask({ groupBy: ['service'] });
    const again = openRig([vendor], clock, { store: rig.store });
    expect(await again.ask({ groupBy: ['service'] })).toEqual(first);
    expect(vendor.calls).toBe(1);
  });

  it('answers a plainer question after a restart as it did before', async () => {
    await rig.ask({ groupBy: ['tag:env'] });
    const again = openRig([vendor], clock, { store: rig.store });
    await again.ask({ groupBy: ['tag:env'] });
    await again.ask({ groupBy: ['service'] });
    expect(vendor.calls).toBe(1);
  });

  it('is bought again where the store holds another layout, foreign or cut bytes', async () => {
    const store = createMemoryStore(clock);
    await openRig([vendor], clock, { store }).ask();
    const [name = ''] = await store.keys('segment/', 10);
    const kept = Buffer.from((await store.get(name)) ?? []).toString('utf8');
    const spoilt = [
      kept.replace('"layout":', '"layout":9'),
      kept.slice(0, kept.length / 2),
      kept.replace(/"units":"[^"]*"/, '"units":"1 2 x"'),
      kept.replace('"day":"2026-11-01"', '"day":"2026-10-01"'),
      '{}',
      'null',
      '',
      '\u0000\u0001',
    ];
    for (const bytes of spoilt) {
      await store.set(name, Buffer.from(bytes));
      const calls = await vendor.callsOf(async () => {
        const answer = await openRig([vendor], clock, { store }).ask();
        expect(answer.totals).toEqual(referenceAnswer(question(), [vendor], today).totals);
      });
      expect(calls, bytes.slice(0, 40)).toBe(1);
    }
  });

  it('is served from memory while the store fails, and that is said', async () => {
    const store = createMemoryStore(clock);
    const broken = async () => {
      throw new TypeError('disk full');
    };
    rig = openRig([vendor], clock, { store: { ...store, get: broken, set: broken } });
    expect((await rig.ask()).complete).toBe(true);
    expect(await callsFor({})).toBe(0);
    expect(rig.complaints.length).toBeGreaterThan(0);
  });

  it('is served and not kept in memory where it is larger than all of it', async () => {
    rig = openRig([vendor], clock, { cacheBytesMax: 2001 });
    expect((await rig.ask()).totals).toEqual(referenceAnswer(question(), [vendor], today).totals);
    expect(await callsFor({})).toBe(0);
  });
});
