import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayFromNumber,
  dayNumber,
  dayOfInstant,
  daysBetween,
  daysIn,
  earlier,
  instantText,
  later,
  monthEnd,
  monthOf,
  monthStart,
  monthsIn,
  nextMonth,
  readDay,
} from '../../src/domain/day.ts';

const options = { seed: 29, numRuns: 1000 };
const dayMs = 86_400_000;
/** The years 1001 to 9990. */
const ordinal = fc.integer({ min: -353_900, max: 2_929_000 });
const day = ordinal.map((each) => new Date(each * dayMs).toISOString().slice(0, 10));

describe('a day', () => {
  it('is every day of the calendar', () => {
    fc.assert(
      fc.property(day, (text) => {
        expect(readDay(text)).toBe(text);
      }),
      options,
    );
  });

  it.each([
    '2026-02-30',
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '0000-01-01',
    '0001-01-01',
    '0999-12-31',
    '-000001-01-01',
    '+002026-01-01',
    '10000-01-01',
    '2026-1-1',
    '20260101',
    '2026-W01-1',
    '2026-001',
    '2026-01-01T00:00:00Z',
    '2026-01-01Z',
    '2026-01-01[u-ca=hebrew]',
    ' 2026-01-01',
    '2026-01-01\n',
    '２０２６-01-01',
    '٢٠٢٦-01-01',
    '2026/01/01',
    '',
    'today',
  ])('is not %j', (text) => {
    expect(readDay(text)).toBe(null);
  });

  it('is 29 February in leap years', () => {
    expect(readDay('2024-02-29')).toBe('2024-02-29');
    expect(readDay('2000-02-29')).toBe('2000-02-29');
  });

  it('has a number that orders and counts as days do', () => {
    fc.assert(
      fc.property(ordinal, ordinal, (left, right) => {
        const [one, other] = [dayFromNumber(left), dayFromNumber(right)];
        expect(dayNumber(one)).toBe(left);
        expect(daysBetween(one, other)).toBe(right - left);
        expect(addDays(one, right - left)).toBe(other);
        expect(one < other).toBe(left < right);
        expect(earlier(one, other)).toBe(dayFromNumber(Math.min(left, right)));
        expect(later(one, other)).toBe(dayFromNumber(Math.max(left, right)));
      }),
      options,
    );
  });

  it('is the day of an instant in UTC', () => {
    expect(dayOfInstant(Date.parse('2026-11-21T23:59:59.999Z'))).toBe('2026-11-21');
    expect(dayOfInstant(Date.parse('2026-11-22T00:30:00+01:00'))).toBe('2026-11-21');
    expect(instantText(Date.parse('2026-11-21T10:00:00.000Z'))).toBe('2026-11-21T10:00:00Z');
    expect(instantText(Date.parse('2026-11-21T10:00:00.120Z'))).toBe('2026-11-21T10:00:00.120Z');
  });
});

describe('months', () => {
  it('end where the next one starts, and hold their days and no other', () => {
    fc.assert(
      fc.property(day, (text) => {
        const month = monthOf(text);
        const days = daysIn(monthStart(month), monthEnd(month));
        expect(days).toContain(text);
        expect(days.length).toBeGreaterThanOrEqual(28);
        expect(days.length).toBeLessThanOrEqual(31);
        expect(new Set(days.map(monthOf))).toEqual(new Set([month]));
        expect(monthOf(monthEnd(month))).toBe(nextMonth(month));
      }),
      { ...options, numRuns: 200 },
    );
  });

  it('of a range are those that its days touch', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 400 }), (start, length) => {
        const end = addDays(start, length);
        expect(monthsIn(start, end)).toEqual([...new Set(daysIn(start, end).map(monthOf))]);
      }),
      { ...options, numRuns: 200 },
    );
  });

  it('are added without leaving the month that is meant', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-02-29', -12)).toBe('2023-02-28');
    expect(addMonths('2026-12-31', 2)).toBe('2027-02-28');
  });

  it('turn the year', () => {
    expect(nextMonth('2026-12')).toBe('2027-01');
    expect(monthEnd('1999-12')).toBe('2000-01-01');
    expect(daysIn('2026-11-21', '2026-11-21')).toEqual([]);
    expect(monthsIn('2026-11-30', '2026-12-01')).toEqual(['2026-11']);
  });
});
