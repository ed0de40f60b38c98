import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../src/domain/day.ts';
import { add, decimal, decimalText, subtract } from '../../src/domain/decimal.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { type Comparison, comparisons, rangeBefore } from '../../src/services/compared-ranges.ts';
import { summarise } from '../../src/services/cost-summary.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const today = '2026-11-21';
const rangeAgo = (start: string, end: string, comparison: Comparison, on = today) =>
  rangeBefore(question({ start, end }), comparison, on);

describe('the range before', () => {
  it.each<[string, string, Comparison, string, string]>([
    ['2026-11-01', '2026-11-22', 'previous-period', '2026-10-11', '2026-11-01'],
    ['2026-11-01', '2026-12-01', 'previous-period', '2026-10-11', '2026-11-01'],
    ['2026-11-01', '2026-11-22', 'previous-month', '2026-10-01', '2026-10-22'],
    ['2026-10-01', '2026-11-01', 'previous-month', '2026-09-01', '2026-10-01'],
    ['2026-09-01', '2026-10-01', 'previous-month', '2026-08-01', '2026-09-01'],
    ['2026-02-01', '2026-03-01', 'previous-month', '2026-01-01', '2026-02-01'],
    ['2025-02-01', '2025-03-01', 'previous-year', '2024-02-01', '2024-03-01'],
    ['2026-11-01', '2026-11-22', 'previous-year', '2025-11-01', '2025-11-22'],
    ['2024-02-29', '2024-03-01', 'previous-year', '2023-02-28', '2023-03-01'],
  ])('of %s to %s by %s is %s to %s', (start, end, comparison, from, to) => {
    expect(rangeAgo(start, end, comparison)).toEqual({ start: from, end: to });
  });

  it('is never empty, so that what was not asked for is never shown as zero', () => {
    const empty: string[] = [];
    for (let from = 0; from < 800; from += 1) {
      for (const length of [1, 2, 3, 28]) {
        for (const comparison of comparisons) {
          const start = addDays('2024-01-01', from);
          const range = rangeAgo(start, addDays(start, length), comparison, '2026-12-31');
          if (daysBetween(range.start, range.end) < 1) empty.push(`${start} and ${length} days: ${comparison}`);
        }
      }
    }
    expect(empty).toEqual([]);
  });

  it('of a month to its last day but one is the whole of a shorter month before', () => {
    expect(rangeAgo('2026-03-01', '2026-03-31', 'previous-month')).toEqual({ start: '2026-02-01', end: '2026-03-01' });
  });
});

describe('a summary', () => {
  let clock: VirtualClock;
  let vendors: readonly [ToyVendor, ToyVendor];
  let rig: Rig;
  beforeEach(() => {
    clock = new VirtualClock(`${today}T10:00:00Z`);
    const options = { currencies: ['USD'], cubes: [toyCubes.range] };
    vendors = [
      new ToyVendor(clock, { name: 'acme', ...options }),
      new ToyVendor(clock, { name: 'umbrella', ...options }),
    ];
    rig = openRig(vendors, clock);
  });
  const summary = (asked: Parameters<typeof question>[0] = {}, strict = false) =>
    summarise(
      rig.engine,
      rig.connections,
      question({ granularity: 'total', groupBy: ['provider', 'connection'], ...asked }),
      'previous-period',
      { strict, noCache: false, deadline: clock.monotonic() + 15_000 },
      today,
    );
  const totalOf = (start: string, end: string, from: readonly ToyVendor[]) =>
    decimal(referenceAnswer(question({ start, end }), from, today).totals[0]?.amount ?? '0');

  it('sets each connection and the whole beside the range before', async () => {
    const answer = await summary();
    const current = totalOf('2026-11-01', '2026-11-20', vendors);
    const previous = totalOf('2026-10-13', '2026-11-01', vendors);
    expect(answer.totals).toMatchObject([
      {
        current: { amount: decimalText(current), currency: 'USD' },
        previous: { amount: decimalText(previous), currency: 'USD' },
        change: { amount: decimalText(subtract(current, previous)), currency: 'USD' },
      },
    ]);
    const parts = answer.data.map((row) => decimal(row.current.amount));
    expect(decimalText(parts.reduce(add))).toBe(decimalText(current));
    expect(answer.meta.complete).toBe(true);
    expect(answer.periods).toEqual({
      asked: { start: '2026-11-01', end: '2026-11-22' },
      current: { start: '2026-11-01', end: '2026-11-20' },
      previous: { start: '2026-10-13', end: '2026-11-01' },
    });
  });

  it('has null, never zero, where the range before is not all there', async () => {
    await rig.ask();
    vendors[0].failure = new Failure('vendor-unavailable', { public: 'Down.' });
    const answer = await summary();
    expect(answer.data.map((row) => [row.provider, row.previous === null, row.changePercent === null])).toEqual([
      ['acme', true, true],
      ['umbrella', false, false],
    ]);
    expect(answer.totals[0]?.previous).toBe(null);
    expect(answer.meta.complete).toBe(false);
    expect(answer.meta.providers[0]).toMatchObject({ status: 'failed', problem: { status: 502 } });
  });

  it('leaves out no connection that costs nothing now and did before', async () => {
    for (let at = 1; at <= 21; at += 1) vendors[0].restate(addDays('2026-10-31', at), () => []);
    const answer = await summary();
    expect(answer.data.map((row) => [row.provider, row.current.amount === '0'])).toEqual([
      ['acme', true],
      ['umbrella', false],
    ]);
  });

  it('leaves out no total that is nothing now and was something before', async () => {
    for (const vendor of vendors) {
      for (let at = 1; at <= 21; at += 1) vendor.restate(addDays('2026-10-31', at), () => []);
    }
    const answer = await summary();
    const previous = totalOf('2026-10-13', '2026-11-01', vendors);
    expect(answer.totals).toMatchObject([
      { current: { amount: '0', currency: 'USD' }, previous: { amount: decimalText(previous), currency: 'USD' } },
    ]);
  });

  it('is the status of the worst fault to a strict question', async () => {
    vendors[1].failure = new Failure('vendor-timeout', { public: 'Slow.' });
    await expect(summary({}, true)).rejects.toMatchObject({ kind: 'vendor-timeout' });
  });

  it('is a problem where nothing at all could be answered', async () => {
    for (const vendor of vendors) vendor.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    await expect(summary()).rejects.toMatchObject({ kind: 'vendor-unavailable' });
  });
});
