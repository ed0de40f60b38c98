import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  add,
  compare,
  type Decimal,
  decimal,
  decimalText,
  digitsBeforePoint,
  divide,
  isNegative,
  isPositive,
  multiply,
  negate,
  parseDecimal,
  percentText,
  subtract,
  sum,
  timesPowerOfTen,
} from '../../src/domain/decimal.ts';
import { canonical } from '../support/toy-world.ts';

const options = { seed: 20261121, numRuns: 2000 };
const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));

/** Any notation of a decimal of up to 40 digits, beside its value in units of 10^-60. */
const written = fc
  .record({
    sign: fc.constantFrom('', '-', '+'),
    whole: digits(1, 20),
    fraction: digits(0, 20),
    exponent: fc.integer({ min: -30, max: 30 }),
    mark: fc.constantFrom('e', 'E'),
    plus: fc.boolean(),
    withExponent: fc.boolean(),
  })
  .map(({ sign, whole, fraction, exponent, mark, plus, withExponent }) => {
    const power = withExponent ? exponent : 0;
    const tail = withExponent ? `${mark}${plus && exponent >= 0 ? '+' : ''}${exponent}` : '';
    const magnitude = BigInt(whole + fraction) * 10n ** BigInt(60 + power - fraction.length);
    const text = `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}${tail}`;
    return { text, units: sign === '-' ? -magnitude : magnitude };
  });
const canonicalForm = /^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/;
/** The value in units of 10^-places, read from its text. */
const unitsOf = (value: Decimal, places = 100): bigint => {
  const [whole = '', fraction = ''] = decimalText(value).split('.');
  return BigInt(`${whole}${fraction.padEnd(places, '0')}`);
};

describe('a decimal', () => {
  it('keeps every digit, in any notation, and is printed in one form', () => {
    fc.assert(
      fc.property(written, ({ text, units }) => {
        const printed = decimalText(decimal(text));
        expect(printed).toBe(canonical(units, 60));
        expect(printed).toMatch(canonicalForm);
      }),
      options,
    );
  });

  it('is read back from what was printed as it was', () => {
    fc.assert(
      fc.property(written, ({ text }) => {
        const printed = decimalText(decimal(text));
        expect(decimalText(decimal(printed))).toBe(printed);
      }),
      options,
    );
  });

  it.each([
    ['1.50', '1.5'],
    ['-0', '0'],
    ['-0.000', '0'],
    ['+7', '7'],
    ['007.0', '7'],
    ['1e3', '1000'],
    ['1E-30', '0.000000000000000000000000000001'],
    ['-1.25e1', '-12.5'],
    ['0e99', '0'],
    ['5.', '5'],
    ['1234567890123456789012345678901234567890.5', '1234567890123456789012345678901234567890.5'],
  ])('%s is %s', (text, printed) => {
    expect(decimalText(decimal(text))).toBe(printed);
  });

  it.each([
    'NaN',
    'Infinity',
    '-Infinity',
    '1e400',
    '1e-400',
    '1e99999',
    '',
    ' ',
    ' 1',
    '1 ',
    '1\n',
    '1,000',
    '1_000',
    '0x10',
    '0b1',
    '1.2.3',
    '--1',
    '+-1',
    '1e',
    'e5',
    '.',
    '.5',
    '-',
    '1e1.5',
    '٣',
    '１',
    '$1',
    '1n',
    'null',
    '9'.repeat(161),
    `0.${'0'.repeat(200)}1`,
    '1'.repeat(1_000_000),
  ])('is not %j', (text) => {
    expect(parseDecimal(text)).toBe(null);
  });

  it('says what is no literal, and not all of it', () => {
    expect(() => decimal('x'.repeat(100_000))).toThrow(RangeError);
    expect(() => decimal('x'.repeat(100_000))).toThrow(/^.{1,80}$/);
  });
});

describe('arithmetic', () => {
  it('adds, subtracts and multiplies without losing a digit', () => {
    fc.assert(
      fc.property(written, written, (left, right) => {
        const [one, other] = [decimal(left.text), decimal(right.text)];
        expect(unitsOf(add(one, other))).toBe((left.units + right.units) * 10n ** 40n);
        expect(unitsOf(subtract(one, other))).toBe((left.units - right.units) * 10n ** 40n);
        expect(unitsOf(multiply(one, other), 120)).toBe(left.units * right.units);
      }),
      options,
    );
  });

  it('keeps every digit of a long chain of values at the bounds of the grammar', () => {
    const written = Array.from({ length: 40 }, (_, index) => [
      `${index + 1}${'7'.repeat(150)}`,
      `3e-${100 + index}`,
    ]).flat();
    const product = written.map(decimal).reduce(multiply);
    const places = Array.from({ length: 40 }, (_, index) => 100 + index).reduce((left, right) => left + right);
    const due = Array.from({ length: 40 }, (_, index) => BigInt(`${index + 1}${'7'.repeat(150)}`) * 3n);
    expect(unitsOf(product, places)).toBe(due.reduce((left, right) => left * right));
    expect(decimalText(subtract(add(product, decimal('1e-159')), product))).toBe(decimalText(decimal('1e-159')));
  });

  it('has no negative zero, in any notation that a value may be printed in', () => {
    const zeros = [
      decimal('-0'),
      negate(decimal('0')),
      multiply(decimal('-1'), decimal('0')),
      multiply(decimal('0'), decimal('-1')),
      subtract(decimal('-1'), decimal('-1')),
      timesPowerOfTen(decimal('-0'), 5),
      divide(decimal('-1'), decimal('3'), 0),
    ];
    expect(zeros.map((value) => JSON.stringify(value))).toEqual(zeros.map(() => '"0"'));
    expect(zeros.map((value) => String(value))).toEqual(zeros.map(() => '0'));
  });

  it.each([
    ['1e150', `1${'0'.repeat(150)}`],
    ['-1e-150', `-0.${'0'.repeat(149)}1`],
  ])('prints %s without an exponent, in JSON too', (text, printed) => {
    expect(decimalText(decimal(text))).toBe(printed);
    expect(JSON.stringify(decimal(text))).toBe(`"${printed}"`);
  });

  it('knows the sign of a value and the digits before its point', () => {
    const values = ['-2.5', '0', '-0', '0.012', '123.4'].map(decimal);
    expect(values.map(isNegative)).toEqual([true, false, false, false, false]);
    expect(values.map(isPositive)).toEqual([false, false, false, true, true]);
    expect(values.map(absolute).map(decimalText)).toEqual(['2.5', '0', '0', '0.012', '123.4']);
    expect(['123.4', '-9', '0.5', '0.012'].map(decimal).map(digitsBeforePoint)).toEqual([3, 1, 0, -1]);
  });

  it('sums any list, in any order, to the same', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 30 }), (list) => {
        const total = list.reduce((units, each) => units + each.units, 0n);
        const forwards = sum(list.map((each) => decimal(each.text)));
        const backwards = sum([...list].reverse().map((each) => decimal(each.text)));
        expect(decimalText(forwards)).toBe(canonical(total, 60));
        expect(decimalText(backwards)).toBe(decimalText(forwards));
      }),
      { ...options, numRuns: 300 },
    );
  });

  it('orders values, whatever their notation', () => {
    fc.assert(
      fc.property(written, written, (left, right) => {
        const due = left.units < right.units ? -1 : left.units > right.units ? 1 : 0;
        expect(compare(decimal(left.text), decimal(right.text))).toBe(due);
        expect(compare(decimal(left.text), decimal(left.text))).toBe(0);
      }),
      options,
    );
  });

  it('takes a negation back with another', () => {
    fc.assert(
      fc.property(written, ({ text }) => {
        expect(decimalText(negate(negate(decimal(text))))).toBe(decimalText(decimal(text)));
        expect(decimalText(add(decimal(text), negate(decimal(text))))).toBe('0');
      }),
      options,
    );
  });
});

describe('a division', () => {
  it.each([
    ['1', '8', 2, '0.12'],
    ['3', '8', 2, '0.38'],
    ['-1', '8', 2, '-0.12'],
    ['-3', '8', 2, '-0.38'],
    ['3', '-8', 2, '-0.38'],
    ['-3', '-8', 2, '0.38'],
    ['5', '2', 0, '2'],
    ['7', '2', 0, '4'],
    ['1', '3', 5, '0.33333'],
    ['2', '3', 5, '0.66667'],
    ['0', '-3', 5, '0'],
    ['1e-30', '1e30', 4, '0'],
    ['0.00005', '1', 4, '0'],
    ['0.00015', '1', 4, '0.0002'],
  ])('of %s by %s to %i places is %s', (dividend, divisor, places, quotient) => {
    const value = divide(decimal(dividend), decimal(divisor), places);
    expect(value === null ? null : decimalText(value)).toBe(quotient);
  });

  it('by zero is none', () => {
    expect(divide(decimal('1'), decimal('0.00'), 2)).toBe(null);
    expect(percentText(decimal('1'), decimal('-0'))).toBe(null);
  });

  it('is off by half a place at most, and by half only towards an even digit', () => {
    fc.assert(
      fc.property(written, written, fc.integer({ min: 0, max: 12 }), (left, right, places) => {
        const quotient = divide(decimal(left.text), decimal(right.text), places);
        if (quotient === null) {
          expect(right.units).toBe(0n);
          return;
        }
        const scaled = left.units * 10n ** BigInt(places);
        const units = unitsOf(quotient, places);
        const off = 2n * (scaled - units * right.units);
        const size = off < 0n ? -off : off;
        const whole = right.units < 0n ? -right.units : right.units;
        expect(size <= whole).toBe(true);
        if (size === whole) expect(units % 2n).toBe(0n);
      }),
      options,
    );
  });

  it('says percentages of two places', () => {
    expect(percentText(decimal('400.5'), decimal('2000'))).toBe('20.02');
    expect(percentText(decimal('-1'), decimal('3'))).toBe('-33.33');
  });
});
