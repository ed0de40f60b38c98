import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { addDays } from '../../src/domain/day.ts';
import { add, decimal, decimalText, zero } from '../../src/domain/decimal.ts';
import type { GroupKey } from '../../src/domain/dimension.ts';
import type { Money } from '../../src/domain/money.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const today = '2026-11-21';
const runs = { seed: 20261121, numRuns: 40 };

/** Dimension sets that the fullest cube carries, so that nothing is ever missing. */
const keys: readonly GroupKey[] = ['account', 'service', 'region', 'category'];
const tagged: readonly GroupKey[] = ['account', 'service', 'tag:env', 'tag:team'];
const values: Readonly<Record<string, readonly (string | null)[]>> = {
  account: ['a1', 'a2', null, 'nobody'],
  service: ['search', '__proto__', 'a,b', 'null', null],
  region: ['eu', 'us', null],
  category: ['Usage', null],
  'tag:env': ['prod', 'dev', null],
  'tag:team': ['x', null],
};

const groupBy = (from: readonly GroupKey[]) =>
  fc.shuffledSubarray<GroupKey>(['provider', ...from], { minLength: 0, maxLength: 3 });
const filters = (from: readonly GroupKey[]) =>
  fc
    .subarray([...from], { maxLength: 2 })
    .chain((picked) =>
      fc
        .tuple(...picked.map((key) => fc.subarray([...(values[key] ?? [])], { minLength: 1 })))
        .map((wanted) => new Map(picked.map((key, index) => [key, wanted[index] ?? []]))),
    );

const asked = (granularities: readonly CostQuery['granularity'][]) =>
  fc
    .record({
      from: fc.integer({ min: 0, max: 110 }),
      days: fc.integer({ min: 1, max: 110 }),
      granularity: fc.constantFrom(...granularities),
      set: fc.constantFrom(keys, tagged),
    })
    .chain(({ from, days, granularity, set }) =>
      fc.record({ groupBy: groupBy(set), filters: filters(set) }).map((rest) => {
        const start = addDays('2026-08-01', from);
        return question({ start, end: addDays(start, days), granularity, ...rest });
      }),
    );

const anyQuestion = asked(['daily', 'monthly', 'total']);
const freshRig = () => {
  const clock = new VirtualClock(`${today}T10:00:00Z`);
  const vendors = [new ToyVendor(clock, { name: 'acme' }), new ToyVendor(clock, { name: 'umbrella' })];
  return { vendors, ...openRig(vendors, clock) };
};
const withoutLabels = (rows: readonly { readonly labels: unknown }[]) => rows.map(({ labels: _labels, ...row }) => row);

const sumOf = (amounts: readonly Money[], currency: string): string =>
  decimalText(
    amounts.filter((each) => each.currency === currency).reduce((sum, each) => add(sum, decimal(each.amount)), zero),
  );

describe('a cost question', () => {
  it('is answered to the last digit as if it were summed row by row, whatever was asked before it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyQuestion, { minLength: 1, maxLength: 5 }), async (questions) => {
        const { vendors, ask } = freshRig();
        for (const each of questions) {
          const answer = await ask(each);
          const reference = referenceAnswer(each, vendors, today);
          expect(withoutLabels(answer.rows)).toEqual(reference.rows);
          expect(answer.totals).toEqual(reference.totals);
          expect(answer.complete).toBe(true);
        }
      }),
      runs,
    );
  });

  it('has groups that add up to its total, in every currency, however it is grouped', async () => {
    const { ask } = freshRig();
    await fc.assert(
      fc.asyncProperty(anyQuestion, async (each) => {
        const grouped = await ask(each);
        const total = await ask({ ...each, groupBy: [], granularity: 'total' });
        expect(grouped.totals).toEqual(total.totals);
        for (const { currency, amount } of grouped.totals) {
          const costs = grouped.rows.map((row) => row.cost);
          expect(sumOf(costs, currency)).toBe(amount);
        }
      }),
      runs,
    );
  });

  it('has the same total by day, by month and in one', async () => {
    const { ask } = freshRig();
    await fc.assert(
      fc.asyncProperty(anyQuestion, async (each) => {
        const daily = await ask({ ...each, granularity: 'daily' });
        const monthly = await ask({ ...each, granularity: 'monthly' });
        const total = await ask({ ...each, granularity: 'total' });
        expect(monthly.totals).toEqual(daily.totals);
        expect(total.totals).toEqual(daily.totals);
      }),
      runs,
    );
  });

  it('keeps its sum under any order and any top', async () => {
    const { ask } = freshRig();
    const sort = fc.constantFrom<CostQuery['sort']>('start', 'cost', '-cost');
    await fc.assert(
      fc.asyncProperty(anyQuestion, sort, fc.integer({ min: 1, max: 6 }), async (each, order, top) => {
        const plain = await ask(each);
        const arranged = await ask({ ...each, sort: order, top });
        expect(arranged.totals).toEqual(plain.totals);
        for (const { currency, amount } of plain.totals) {
          const costs = arranged.rows.map((row) => row.cost);
          expect(sumOf(costs, currency)).toBe(amount);
        }
      }),
      runs,
    );
  });

  it('is the same from every single cube that can answer it', async () => {
    const plain = asked(['total', 'monthly']).map((each) => ({ ...each, groupBy: [], filters: new Map() }));
    await fc.assert(
      fc.asyncProperty(plain, fc.constantFrom(toyCubes.month, toyCubes.range, toyCubes.day), async (each, cube) => {
        const clock = new VirtualClock(`${today}T10:00:00Z`);
        const vendor = new ToyVendor(clock, { name: 'acme', cubes: [cube, toyCubes.figure] });
        const answer = await openRig([vendor], clock).ask(each);
        expect(answer.totals).toEqual(referenceAnswer(each, [vendor], today).totals);
      }),
      runs,
    );
  });
});
