import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHttpDate, readRetryAfter } from '../../../../src/vendor/upstream/pauses/retry-after.ts';
import { anyText } from '../../../support/any-text.ts';

const now = Date.parse('2026-11-21T10:00:00Z');
const read = (value: string, date?: string) =>
  readRetryAfter(date === undefined ? { 'retry-after': value } : { 'retry-after': value, date }, now);

describe('Retry-After', () => {
  test.each([
    ['2', 2000],
    ['0', 1000],
    ['86400', 86_400_000],
    ['99999999999', 86_400_000],
    ['9'.repeat(400), 86_400_000],
    [' 3 ', 3000],
  ])('%s seconds', (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  test.each(['-5', '1.5', 'abc', 'Infinity', '', '2, 5', '1e3', '0x10', '+3', '٣', 'Sun', '2026-11-21T10:00:05Z'])(
    '"%s" is as if it were absent',
    (value) => {
      expect(read(value)).toBeNull();
    },
  );
  test('absent is absent', () => {
    expect(readRetryAfter({}, now)).toBeNull();
  });

  test.each([
    ['RFC 1123', 'Sat, 21 Nov 2026 10:00:30 GMT'],
    ['RFC 850', 'Saturday, 21-Nov-26 10:00:30 GMT'],
    ['asctime', 'Sat Nov 21 10:00:30 2026'],
  ])('a date in the form of %s', (_form, value) => {
    expect(read(value)).toBe(30_000);
  });
  test('asctime pads the day with a blank', () => {
    expect(readHttpDate('Sun Nov  6 08:49:37 1994', now)).toBe(Date.parse('1994-11-06T08:49:37Z'));
  });
  test('a two-digit year further than fifty years ahead is of the last century', () => {
    expect(readHttpDate('Sunday, 06-Nov-94 08:49:37 GMT', now)).toBe(Date.parse('1994-11-06T08:49:37Z'));
  });

  test('a date is measured against the Date of the same reply, so a clock that is an hour off does no harm', () => {
    expect(read('Sat, 21 Nov 2026 11:00:30 GMT', 'Sat, 21 Nov 2026 11:00:00 GMT')).toBe(30_000);
    expect(read('Sat, 21 Nov 2026 09:00:30 GMT', 'Sat, 21 Nov 2026 09:00:00 GMT')).toBe(30_000);
  });
  test('a date that is past is the shortest pause, one in years the longest', () => {
    expect(read('Sat, 21 Nov 2020 10:00:30 GMT')).toBe(1000);
    expect(read('Sat, 21 Nov 2036 10:00:30 GMT')).toBe(86_400_000);
  });
  test.each([
    'Mon, 30 Feb 2026 10:00:00 GMT',
    'Sat, 21 Nov 2026 25:00:00 GMT',
    'Sat, 21 Foo 2026 10:00:00 GMT',
    'Sat, 21 Nov 2026 10:00:00 +0100',
  ])('%s is no date', (value) => {
    expect(read(value)).toBeNull();
  });

  test('whatever the header says, the pause is none or between a second and a day', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), anyText(), fc.double().map(String)), (value) => {
        const result = read(value);
        expect(result === null || (result >= 1000 && result <= 86_400_000)).toBe(true);
      }),
    );
  });
});
