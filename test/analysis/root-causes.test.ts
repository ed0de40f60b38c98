import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Contribution, rankContributions } from '../../src/analysis/index.ts';
import { compare, type Decimal, decimal, decimalText, subtract, sum } from '../../src/domain/decimal.ts';

const all = (...texts: readonly string[]): Decimal[] => texts.map(decimal);

const texts = ({ key, expected, actual, contribution, share }: Contribution) => [
  key,
  ...[expected, actual, contribution].map(decimalText),
  share,
];

const ranked = (baseline: Record<string, Decimal[]>, actual: Record<string, string>) =>
  rankContributions(
    new Map(Object.entries(baseline)),
    new Map(Object.entries(actual).map(([key, amount]) => [key, decimal(amount)])),
  ).map(texts);

describe('rankContributions', () => {
  test('ranks groups by what drove the day away from its baseline', () => {
    expect(
      ranked(
        { storage: all('10', '12', '11'), compute: all('100', '100', '104'), egress: all('5', '5', '5') },
        { storage: '11.5', compute: '160', egress: '3' },
      ),
    ).toEqual([
      ['compute', '100', '160', '60', '102.56'],
      ['storage', '11', '11.5', '0.5', '0.85'],
      ['egress', '5', '3', '-2', '-3.42'],
    ]);
  });

  test('puts the greatest saving first when the day was cheaper', () => {
    const rows = ranked({ one: all('10'), two: all('50') }, { one: '9', two: '20' });
    expect(rows.map(([key, , , contribution, share]) => [key, contribution, share])).toEqual([
      ['two', '-30', '96.77'],
      ['one', '-1', '3.23'],
    ]);
  });

  test('knows groups that are new and groups that are gone', () => {
    expect(ranked({ old: all('4', '4') }, { new: '9' })).toEqual([
      ['new', '0', '9', '9', '180'],
      ['old', '4', '0', '-4', '-80'],
    ]);
  });

  test('counts a baseline day without a group as a day on which it cost nothing', () => {
    expect(ranked({ daily: all('1', '1', '1'), once: all('30') }, { daily: '1', once: '30' })[0]).toEqual([
      'once',
      '0',
      '30',
      '30',
      '100',
    ]);
  });

  test('halves exactly between two middle days', () => {
    expect(ranked({ one: all('0.000001', '0.000002') }, {})[0]?.[1]).toBe('0.0000015');
  });

  test('has no shares of no deviation', () => {
    expect(ranked({ one: all('5'), two: all('7') }, { one: '7', two: '5' }).map((row) => row[4])).toEqual(['0', '0']);
    expect(ranked({}, {})).toEqual([]);
  });

  test('adds up to the whole deviation, to the last digit', () => {
    const amount = fc
      .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(20))
      .map(([units, scale]) => decimal(`${units}e-${scale}`));
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, fc.array(amount, { maxLength: 6 }))),
        fc.array(fc.tuple(key, amount)),
        (baseline, actual) => {
          const rows = rankContributions(new Map(baseline), new Map(actual));
          const deviation = subtract(sum(new Map(actual).values()), sum(rows.map(({ expected }) => expected)));
          expect(compare(sum(rows.map(({ contribution }) => contribution)), deviation)).toBe(0);
        },
      ),
    );
  });
});
