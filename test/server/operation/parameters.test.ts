import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  choice,
  commaList,
  day,
  decimalParameter,
  endDay,
  flag,
  freeText,
  many,
  one,
  startDay,
  wholeNumber,
} from '../../../src/server/operation/parameters.ts';

const accepts = (schema: z.ZodType<unknown, string>, text: string) => schema.safeParse(text).success;
const messages = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => issue.message) ?? [];

describe('a whole number', () => {
  const number = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });

  it.each([
    'Infinity',
    '-Infinity',
    '1e999',
    '1e3',
    '0x10',
    '0b11',
    '٣',
    '1_000',
    '1,000',
    '9007199254740993',
    '99999999999999999999',
    '',
    ' ',
    ' 1',
    '1 ',
    '1\n',
    '+1',
    '-1',
    '-0',
    '01',
    '1.0',
    'NaN',
    'null',
    'true',
    '１',
  ])('is not %j', (text) => {
    expect(accepts(number, text)).toBe(false);
  });

  it('is every number in digits, up to the largest that is exact', () => {
    expect(number.parse('0')).toBe(0);
    expect(number.parse('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    fc.assert(fc.property(fc.maxSafeNat(), (value) => number.parse(String(value)) === value));
  });

  it('keeps its bounds and names them', () => {
    const limit = wholeNumber({ min: 1, max: 1000 });
    expect(accepts(limit, '1')).toBe(true);
    expect(accepts(limit, '1000')).toBe(true);
    expect(messages(limit, '0')).toEqual(['must be a whole number from 1 to 1000, in digits only']);
    expect(accepts(limit, '1001')).toBe(false);
  });
});

describe('a day', () => {
  it.each([
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '0000-01-01',
    '0999-12-31',
    '2026-W01',
    '2026-W01-1',
    '2026-001',
    '20260101',
    '2026-1-1',
    '26-01-01',
    '+002026-01-01',
    '2026-01-01T00:00:00',
    '2026-01-01T24:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T00:00Z',
    '2026-01-01T00:00:00+0200',
    '2026-01-01T00:00:00+25:00',
    '2026-01-01T00:00:00Z[UTC]',
    '2026-01-01 00:00:00Z',
    '9999-12-31T23:59:59-01:00',
    '1000-01-01T00:00:00+01:00',
    'today',
    '1767225600',
    '',
    ' 2026-01-01',
    '2026-01-01\n',
    '２０２６-01-01',
  ])('is not %j', (text) => {
    expect(accepts(day, text)).toBe(false);
    expect(accepts(endDay, text)).toBe(false);
  });

  it.each([
    ['2024-02-29', '2024-02-29', '2024-02-29'],
    ['2026-11-01T00:00:00Z', '2026-11-01', '2026-11-01'],
    ['2026-11-01t00:00:00z', '2026-11-01', '2026-11-01'],
    ['2026-11-01T00:00:00+02:00', '2026-10-31', '2026-11-01'],
    ['2026-11-01T02:00:00+02:00', '2026-11-01', '2026-11-01'],
    ['2026-11-01T00:00:00-08:00', '2026-11-01', '2026-11-02'],
    ['2026-11-01T00:00:00.000000001Z', '2026-11-01', '2026-11-02'],
    ['2026-12-31T23:59:59-00:01', '2027-01-01', '2027-01-02'],
    ['2026-11-01T05:30:00+05:30', '2026-11-01', '2026-11-01'],
    ['2026-11-01T00:00:00 02:00', '2026-10-31', '2026-11-01'],
  ])('%s starts on %s and ends before %s', (text, start, end) => {
    expect(startDay.parse(text)).toBe(start);
    expect(endDay.parse(text)).toBe(end);
  });
});

describe('free text', () => {
  const text = freeText({ max: 8 });

  it.each(['\r', '\n', '\0', '\t', '\x7f', '\x85', 'a\r\nb', '\ud800', 'a\udc00b', ''])('is not %j', (value) => {
    expect(accepts(text, value)).toBe(false);
  });

  it('keeps everything else to the letter', () => {
    for (const value of ['é', 'e\u0301', 'א\u202e', 'a\u200bb', '😀😀😀😀😀😀😀😀', ' x ', 'null()', '%2F', '<b>']) {
      expect(text.parse(value)).toBe(value);
    }
    expect(text.parse('é')).not.toBe(text.parse('e\u0301'));
  });

  it('counts characters, not code units', () => {
    expect(accepts(text, '😀'.repeat(9))).toBe(false);
    expect(accepts(text, 'x'.repeat(1_000_000))).toBe(false);
    expect(accepts(freeText({ max: 1, min: 0 }), '')).toBe(true);
  });
});

describe('the other values', () => {
  it('are decimals in canonical form', () => {
    expect(decimalParameter.parse('25000.50')).toBe('25000.5');
    expect(decimalParameter.parse('-0.00')).toBe('0');
    expect(decimalParameter.parse('12345678901234567890.123456789')).toBe('12345678901234567890.123456789');
    for (const bad of ['1e3', '1,000', '+1', '.5', '5.', '01', ' 1', 'NaN', '', '1'.repeat(10_000)]) {
      expect(accepts(decimalParameter, bad), bad.slice(0, 20)).toBe(false);
    }
  });

  it('are flags that say true or false', () => {
    expect(flag.parse('true')).toBe(true);
    expect(flag.parse('false')).toBe(false);
    for (const bad of ['1', '0', 'yes', 'TRUE', '', 'on']) expect(accepts(flag, bad)).toBe(false);
  });

  it('are choices, and a wrong one names them', () => {
    const granularity = choice(['daily', 'monthly']);
    expect(granularity.parse('daily')).toBe('daily');
    expect(messages(granularity, 'Daily')).toEqual(['must be one of daily, monthly']);
    expect(accepts(granularity, 'toString')).toBe(false);
  });
});

describe('how often a parameter is given', () => {
  const word = choice(['a', 'b', 'c']);

  it('is once for one', () => {
    expect(one(word).parse(['a'])).toBe('a');
    expect(messages(one(word), ['a', 'a'])).toEqual(['may be given only once']);
    expect(messages(one(word), undefined)).toEqual(['is required']);
  });

  it('is any number of times for many, whose commas are part of the value', () => {
    expect(many(freeText({ max: 9 })).parse(['a,b', 'c', 'a,b'])).toEqual(['a,b', 'c', 'a,b']);
  });

  it('is repeated, a comma list, or both for a comma list, without duplicates and in order', () => {
    expect(commaList(word, 3).parse(['b,a', 'c', 'a'])).toEqual(['b', 'a', 'c']);
    expect(messages(commaList(word, 3), ['a,'])).toEqual(['must be one of a, b, c']);
    expect(messages(commaList(word, 2), ['b,a', 'c'])).toEqual(['may have at most 2 values']);
  });

  it('may be none where there is a default or it is optional, with the types that follow', () => {
    const query = z.strictObject({
      limit: one(wholeNumber({ min: 1, max: 1000 })).default(100),
      strict: one(flag).optional(),
      groupBy: commaList(word, 3).default([]),
    });
    const value: { limit: number; strict?: boolean | undefined; groupBy: ('a' | 'b' | 'c')[] } = query.parse({});
    expect(value).toEqual({ limit: 100, groupBy: [] });
  });
});
