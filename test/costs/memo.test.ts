import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Slice } from '../../src/costs/rows/aggregate.ts';
import type { SourcedRate } from '../../src/costs/rows/convert.ts';
import { type Arranged, createRowCache } from '../../src/costs/rows/row-cache.ts';
import { mergeReading } from '../../src/costs/segments/segment.ts';
import { createMemoryBudget } from '../../src/store/memory-budget.ts';
import { VirtualClock } from '../support/clock.ts';

const segment = () =>
  mergeReading({ storageKey: 'toy', cube: 'days', dimensions: [], costType: 'billed', month: '2026-11' }, null, {
    asOf: 0,
    days: [],
    rows: [],
    notes: [],
    faults: [],
    labels: {},
    completeThrough: null,
  }).segment;
const slice = (): Slice => ({
  provider: 'toy',
  connection: 'toy',
  segment: segment(),
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
const newMemo = () => createRowCache(createMemoryBudget(new VirtualClock(), 1_000_000));
const made = (): Arranged => ({ rows: [], totals: [], converted: null });

describe('rows that were arranged before', () => {
  it('are the same for the same question over the same segments and rates', () => {
    const memo = newMemo();
    const slices = [slice()];
    const first = memo.get('question', slices, [rate], made);
    expect(memo.get('question', [...slices], [{ ...rate }], made)).toBe(first);
  });

  it.each<[string, Partial<SourcedRate>]>([
    ['is another', { rate: '1.2' }],
    ['holds from another day', { validFrom: '2026-10-01' }],
    ['holds for longer', { validTo: '2026-12-01' }],
    ['is for another currency', { from: 'INR' }],
    ['comes from elsewhere', { source: 'acme' }],
  ])('are arranged anew where a rate %s', (_what, change) => {
    const memo = newMemo();
    const slices = [slice()];
    const first = memo.get('question', slices, [rate], made);
    expect(memo.get('question', slices, [{ ...rate, ...change }], made)).not.toBe(first);
  });

  it('are arranged anew for other segments, however alike, and for another question', () => {
    const memo = newMemo();
    const slices = [slice()];
    const first = memo.get('question', slices, [], made);
    expect(memo.get('question', [slice()], [], made)).not.toBe(first);
    expect(memo.get('question', [], [], made)).not.toBe(first);
    expect(memo.get('another', slices, [], made)).not.toBe(first);
  });

  it('keep no segment in memory that its own cache has let go of', async () => {
    const memo = newMemo();
    let slices: Slice[] = [slice()];
    const held = new WeakRef(slices[0]?.segment ?? {});
    memo.get('question', slices, [], made);
    slices = [];
    // A weak reference is only emptied between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    setFlagsFromString('--expose_gc');
    runInNewContext('gc')();
    expect(held.deref()).toBeUndefined();
    expect(slices).toEqual([]);
  });
});
