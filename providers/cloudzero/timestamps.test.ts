import { describe, expect, test } from 'vitest';
import { instantOfEpoch, utcDay } from './timestamps.ts';

describe('timestamps', () => {
  test.each([
    ['2026-11-01T23:30:00-01:00', '2026-11-02'],
    ['2026-11-01T00:30:00+05:30', '2026-10-31'],
    ['2026-11-01T00:00:00.123456Z', '2026-11-01'],
    ['2026-11-01', '2026-11-01'],
    ['2026-02-30', null],
    ['2026-13-01T00:00:00Z', null],
    ['2026-11-01T25:00:00Z', null],
    ['0001-01-01T00:00:00Z', null],
    ['1793491200', null],
    ['2026-11-01T00:00:00', '2026-11-01'],
    ['2026-11-01 23:59:59.5', '2026-11-01'],
    ['2026-11-01T24:00:00', null],
    ['2026-11-01T00:00:00 UTC', null],
    ['01/11/2026', null],
    ['', null],
  ])('%j is of %s', (text, day) => {
    expect(utcDay(text)).toBe(day);
  });
  test.each([
    ['1643709600', '2022-02-01T10:00:00Z'],
    ['1643709600.5', '2022-02-01T10:00:00.500Z'],
    ['1643709600000', '2022-02-01T10:00:00Z'],
    ['soon', null],
    ['-5', null],
  ])('epoch %s is %s', (text, instant) => {
    expect(instantOfEpoch(text)).toBe(instant);
  });
});
