import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { SourcedRate } from '../../src/costs/rows/convert.ts';
import { type Arranged, createRowCache } from '../../src/costs/rows/row-cache.ts';
import type { Slice } from '../../src/costs/rows/slice.ts';
import { mergeReading } from '../../src/costs/segments/segment.ts';
import { takeTurns } from '../../src/domain/turns.ts';
import { createMemoryBudget } from '../../src/store/memory-budget.ts';
import { VirtualClock } from '../support/clock.ts';

const clock = new VirtualClock();
const segment = async () =>
  (
    await mergeReading(
      { storageKey: 'toy', cube: 'days', dimensions: [], costType: 'billed', month: '2026-11' },
      null,
      {
        asOf: 0,
        days: [],
        rows: [],
        notes: [],
        faults: [],
        labels: {},
        completeThrough: null,
      },
      takeTurns(clock),
    )
  ).segment;
const slice = async (): Promise<Slice> => ({
  provider: 'toy',
  connection: 'toy',
  segment: await segment(),
  grain: 'daily',
  start: '2026-11-01',
  end: '2026-12-01',
  missing: [],
});
const rate: SourcedRate = {
  from: 'EUR',
  to: 'USD',
  rate: '1.1',
  validFrom: '2026-11-01',
  validTo: '2026-11-15',
  custom: false,
  source: 'config',
};
const made = async (): Promise<Arranged> => ({ rows: [], totals: [], converted: null });
const newMemo = () => {
  const rows = createRowCache(createMemoryBudget(clock, 1_000_000), clock);
  const { signal } = new AbortController();
  return {
    get: (text: string, slices: readonly Slice[], rates: readonly SourcedRate[]) =>
      rows.get({ text, slices, rates, signal }, made),
  };
};

describe('rows that were arranged before', () => {
  it('are the same for the same question over the same segments and rates', async () => {
    const memo = newMemo();
    const slices = [await slice()];
    const first = await memo.get('question', slices, [rate]);
    expect(await memo.get('question', [...slices], [{ ...rate }])).toBe(first);
  });

  it.each<[string, Partial<SourcedRate>]>([
    ['is another', { rate: '1.2' }],
    ['holds from another day', { validFrom: '2026-10-01' }],
    ['holds for longer', { validTo: '2026-12-01' }],
    ['is for another currency', { from: 'INR' }],
    ['comes from elsewhere', { source: 'acme' }],
  ])('are arranged anew where a rate %s', async (_what, change) => {
    const memo = newMemo();
    const slices = [await slice()];
    const first = await memo.get('question', slices, [rate]);
    expect(await memo.get('question', slices, [{ ...rate, ...change }])).not.toBe(first);
  });

  it('are arranged anew for other segments, however alike, and for another question', async () => {
    const memo = newMemo();
    const slices = [await slice()];
    const first = await memo.get('question', slices, []);
    expect(await memo.get('question', [await slice()], [])).not.toBe(first);
    expect(await memo.get('question', [], [])).not.toBe(first);
    expect(await memo.get('another', slices, [])).not.toBe(first);
  });

  it('keep no segment in memory that its own cache has let go of', async () => {
    const memo = newMemo();
    let slices: Slice[] = [await slice()];
    const held = new WeakRef(slices[0]?.segment ?? {});
    await memo.get('question', slices, []);
    slices = [];
    // A weak reference is only emptied between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    setFlagsFromString('--expose_gc');
    runInNewContext('gc')();
    expect(held.deref()).toBeUndefined();
    expect(slices).toEqual([]);
  });
});
