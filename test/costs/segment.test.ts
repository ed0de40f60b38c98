import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityReader } from '../../src/costs/rows/quantity.ts';
import { printAmount } from '../../src/costs/segments/scaled-amount.ts';
import {
  blockRows,
  type Merged,
  mergeReading,
  type Segment,
  type SegmentKey,
  type SegmentReading,
  segmentName,
} from '../../src/costs/segments/segment.ts';
import { decodeSegment, encodeSegment } from '../../src/costs/segments/segment-bytes.ts';
import { decimal, decimalText } from '../../src/domain/decimal.ts';
import type { Dimension } from '../../src/domain/dimension.ts';
import { takeTurns } from '../../src/domain/turns.ts';
import type { SourceCost } from '../../src/vendor/contract/contract.ts';
import { anyText } from '../support/any-text.ts';
import { VirtualClock } from '../support/clock.ts';

const options = { seed: 5, numRuns: 300 };
const turns = takeTurns(new VirtualClock());
const key: SegmentKey = {
  storageKey: 'toy-1',
  cube: 'by-account',
  dimensions: ['account', 'tag:env'],
  costType: 'billed',
  month: '2026-11',
};
const days = ['2026-11-01', '2026-11-02', '2026-11-03'];

const value = fc.option(fc.oneof(fc.constantFrom('a', '__proto__', 'null', ''), anyText({ maxLength: 6 })));
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 30 }))
  .map(([units, scale]) => `${units}e-${scale}`);
const row: fc.Arbitrary<SourceCost> = fc.record(
  {
    day: fc.constantFrom(...days),
    values: fc.tuple(value, value),
    amount,
    currency: fc.constantFrom('USD', 'eur', ' inr '),
    quantity: fc.record({ amount, unit: fc.constantFrom('hour', 'GB', '__proto__') }),
  },
  { requiredKeys: ['day', 'values', 'amount', 'currency'] },
);
const rows = fc.array(row, { maxLength: 12 });

const reading = (given: Partial<SegmentReading> = {}): SegmentReading => ({
  asOf: 1000,
  days,
  rows: [],
  notes: [],
  faults: [],
  labels: {},
  completeThrough: null,
  ...given,
});
const cost = (day: string, text: string): SourceCost => ({ day, values: ['a', null], amount: text, currency: 'USD' });
const merge = (before: Segment | null, given: Partial<SegmentReading>): Promise<Merged> =>
  mergeReading(key, before, reading(given), turns);
const encode = (segment: Segment): Promise<Uint8Array> => encodeSegment(segment, turns);
const decode = (given: SegmentKey, bytes: Uint8Array): Promise<Segment | null> => decodeSegment(given, bytes, turns);
const amountsOn = (segment: Segment, day: string): string[] => {
  const block = segment.blocks.get(day);
  return block === undefined ? ['no block'] : [...blockRows(segment, block)].map((each) => printAmount(each.amount));
};

describe('a segment', () => {
  it('drops the notes of days that were all read again, and keeps those of days that were not', async () => {
    const note = (message: string) => ({ code: 'total-differs', message });
    const first = (await merge(null, { notes: [note('1 against 2')] })).segment;
    expect((await merge(first, { asOf: 2000, notes: [note('3 against 4')] })).segment.notes).toEqual([
      note('3 against 4'),
    ]);
    const part = { asOf: 2000, days: days.slice(0, 1), notes: [note('5 against 6')] };
    expect((await merge(first, part)).segment.notes).toEqual([note('1 against 2'), note('5 against 6')]);
  });

  it('holds every row of a reading as it came, with every digit', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const segment = (await merge(null, { rows: given })).segment;
        const held = days.flatMap((day) => {
          const block = segment.blocks.get(day);
          if (block === undefined) return [];
          const quantityIn = quantityReader(segment, block);
          return [...blockRows(segment, block)].map((each, index) => {
            const quantity = quantityIn(index);
            const used = quantity === null ? null : { amount: printAmount(quantity), unit: quantity.unit };
            return { ...each, amount: printAmount(each.amount), used };
          });
        });
        const due = days.flatMap((day) => given.filter((each) => each.day === day));
        expect(held).toEqual(
          due.map((each) => ({
            values: [...each.values],
            amount: decimalText(decimal(each.amount)),
            currency: each.currency.trim().toUpperCase(),
            used:
              each.quantity === undefined
                ? null
                : { amount: decimalText(decimal(each.quantity.amount)), unit: each.quantity.unit },
          })),
        );
      }),
      options,
    );
  });

  it('is the same after it was stored', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (one, other) => {
        const first = (await merge(null, { rows: one, labels: { account: { a: 'A' } } })).segment;
        const second = (await merge(first, { asOf: 2000, rows: other, completeThrough: '2026-11-02' })).segment;
        expect(await decode(key, await encode(second))).toEqual(second);
      }),
      options,
    );
  });

  it('that was stored before there were quantities is read as it was', async () => {
    const stored =
      '{"layout":1,"dictionaries":[["a"],[null]],"currencies":["USD"],"labels":{},"notes":[],"completeThrough":null,"blocks":[{"day":"2026-11-01","asOf":1000,"scale":1,"units":"15","currencies":[0],"codes":[[0],[0]],"faults":[]}]}';
    const segment = await decode(key, Buffer.from(stored));
    expect(segment).toEqual((await merge(null, { days: ['2026-11-01'], rows: [cost('2026-11-01', '1.5')] })).segment);
    expect(
      Buffer.from(
        await encode((await merge(null, { days: ['2026-11-01'], rows: [cost('2026-11-01', '1.5')] })).segment),
      ).toString(),
    ).toBe(stored);
  });

  it('answers for a day that was asked for and had no row', async () => {
    const segment = (await merge(null, {})).segment;
    expect([...segment.blocks.keys()]).toEqual(days);
    expect(amountsOn(segment, '2026-11-02')).toEqual([]);
  });

  it('takes a later reading of a day and leaves the other days', async () => {
    const before = (await merge(null, { rows: [cost('2026-11-01', '1'), cost('2026-11-02', '2')] })).segment;
    const after = (await merge(before, { asOf: 2000, days: ['2026-11-02'], rows: [cost('2026-11-02', '3')] })).segment;
    expect(amountsOn(after, '2026-11-01')).toEqual(['1']);
    expect(amountsOn(after, '2026-11-02')).toEqual(['3']);
  });

  it('keeps what was asked for later when an earlier answer comes in after it', async () => {
    const late = (await merge(null, { asOf: 2000, rows: [cost('2026-11-01', '2')] })).segment;
    const after = (await merge(late, { asOf: 1000, rows: [cost('2026-11-01', '1')] })).segment;
    expect(amountsOn(after, '2026-11-01')).toEqual(['2']);
  });

  it('keeps a good day when a faulty reading of it comes, and takes the good days of that reading', async () => {
    const good = (await merge(null, { rows: [cost('2026-11-01', '1'), cost('2026-11-02', '1')] })).segment;
    const faults = [{ path: 'rows[3]', message: 'is none', day: '2026-11-01' }];
    const after = (await merge(good, { asOf: 2000, faults, rows: [cost('2026-11-01', '9'), cost('2026-11-02', '9')] }))
      .segment;
    expect(amountsOn(after, '2026-11-01')).toEqual(['1']);
    expect(amountsOn(after, '2026-11-02')).toEqual(['9']);
  });

  it('takes a newer faulty reading over an older faulty one', async () => {
    const faults = [{ path: 'rows[3]', message: 'is none' }];
    const before = (await merge(null, { faults, rows: [cost('2026-11-01', '1')] })).segment;
    const after = (await merge(before, { asOf: 2000, faults, rows: [cost('2026-11-01', '2')] })).segment;
    expect(amountsOn(after, '2026-11-01')).toEqual(['2']);
  });

  it('never lets the reported days go back', async () => {
    const before = (await merge(null, { completeThrough: '2026-11-03' })).segment;
    expect((await merge(before, { completeThrough: '2026-11-02' })).segment.completeThrough).toBe('2026-11-03');
    expect((await merge(before, {})).segment.completeThrough).toBe('2026-11-03');
  });
});

describe('the name of a segment', () => {
  it('tells apart whatever may not be mixed', async () => {
    const sets: (readonly Dimension[])[] = [
      [],
      ['account'],
      ['account', 'service'],
      ['tag:a'],
      ['tag:a","tag:b'],
      ['tag:a', 'tag:b'],
      ['tag:/'],
      ['tag:%2F'],
      ['tag:\ud800'],
    ];
    const names = [
      ...sets.map((dimensions) => segmentName({ ...key, dimensions })),
      segmentName({ ...key, costType: 'list' }),
      segmentName({ ...key, month: '2026-10' }),
      segmentName({ ...key, cube: 'other' }),
      segmentName({ ...key, storageKey: 'toy-2' }),
      segmentName(key),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('bytes that are no segment of ours', () => {
  const bytes = async (change: (text: string) => string) =>
    Buffer.from(
      change(Buffer.from(await encode((await merge(null, { rows: [cost('2026-11-01', '1')] })).segment)).toString()),
    );

  it.each<[string, (text: string) => string]>([
    ['another layout', (text) => text.replace(/"layout":\d+/, '"layout":999')],
    ['none', () => ''],
    ['no JSON', () => 'PK\u0003\u0004'],
    ['an array', () => '[]'],
    ['a column that is too short', (text) => text.replace('"codes":[[0],[0]]', '"codes":[[0],[]]')],
    ['a column too few', (text) => text.replace('"codes":[[0],[0]]', '"codes":[[0]]')],
    ['a code that stands for nothing', (text) => text.replace('"codes":[[0],[0]]', '"codes":[[7],[0]]')],
    ['a currency that stands for nothing', (text) => text.replace('"currencies":[0]', '"currencies":[9]')],
    ['a scale below zero', (text) => text.replace('"scale":0', '"scale":-3')],
    ['units that are none', (text) => text.replace('"units":"1"', '"units":"1.5"')],
    ['a day of another month', (text) => text.replace('"day":"2026-11-01"', '"day":"2026-12-01"')],
  ])('are a miss: %s', async (_what, change) => {
    const spoilt = await bytes(change);
    expect(spoilt.equals(await bytes((text) => text))).toBe(false);
    expect(await decode(key, spoilt)).toBe(null);
  });

  it.each<[string, (text: string) => string]>([
    ['a quantity too few', (text) => text.replace('"units":"24"', '"units":""')],
    ['a unit too few', (text) => text.replace('"codes":[0]}', '"codes":[]}')],
    ['a unit that stands for nothing', (text) => text.replace('"codes":[0]}', '"codes":[1]}')],
    ['units without their names', (text) => text.replace('"quantityUnits":["hour"],', '')],
    ['a scale of quantities below zero', (text) => text.replace('"scale":0,"units":"24"', '"scale":-1,"units":"24"')],
    ['a quantity that is none', (text) => text.replace('"units":"24"', '"units":"2.4"')],
  ])('are a miss: %s', async (_what, change) => {
    const rows = [{ ...cost('2026-11-01', '1'), quantity: { amount: '24', unit: 'hour' } }];
    const whole = Buffer.from(await encode((await merge(null, { days: ['2026-11-01'], rows })).segment)).toString();
    expect(await decode(key, Buffer.from(whole))).not.toBe(null);
    expect(change(whole)).not.toBe(whole);
    expect(await decode(key, Buffer.from(change(whole)))).toBe(null);
  });

  it('are a miss where they are cut anywhere', async () => {
    const whole = await bytes((text) => text);
    for (let length = 0; length < whole.length; length += 7) {
      expect(await decode(key, whole.subarray(0, length))).toBe(null);
    }
  });

  it('are a miss for a question with other dimensions', async () => {
    expect(await decode({ ...key, dimensions: ['account'] }, await bytes((text) => text))).toBe(null);
  });
});
