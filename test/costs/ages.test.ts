import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshness, pacedAges, staleForMs } from '../../src/costs/segments/ages.ts';
import type { Ages } from '../../src/vendor/contract/contract.ts';

const hour = 3_600_000;
const ages: Ages = { openMs: hour, restatedDays: 3, restatedMs: 6 * hour };
const at = (text: string) => Date.parse(text);

describe('the freshness of a day', () => {
  it.each([
    ['today, young', '2026-11-21', '2026-11-21T10:00:00Z', '2026-11-21T11:00:00Z', 'fresh'],
    ['today, due', '2026-11-21', '2026-11-21T10:00:00Z', '2026-11-21T11:00:01Z', 'due'],
    ['today, too old', '2026-11-21', '2026-11-21T10:00:00Z', '2026-11-21T12:00:01Z', 'expired'],
    ['yesterday, which is open too', '2026-11-20', '2026-11-21T10:00:00Z', '2026-11-21T11:30:00Z', 'due'],
    ['the day before, which may be restated', '2026-11-19', '2026-11-21T04:00:00Z', '2026-11-21T10:00:00Z', 'fresh'],
    ['the day before, due', '2026-11-19', '2026-11-21T03:59:59Z', '2026-11-21T10:00:00Z', 'due'],
    ['the last day of the window', '2026-11-18', '2026-11-20T10:00:00Z', '2026-11-21T23:00:00Z', 'expired'],
    [
      'a closed day that was read when it was open',
      '2026-11-01',
      '2026-11-02T10:00:00Z',
      '2026-11-21T10:00:00Z',
      'expired',
    ],
    [
      'a closed day that was read after it closed',
      '2026-11-01',
      '2026-11-05T00:00:00Z',
      '2036-11-21T10:00:00Z',
      'fresh',
    ],
    [
      'a closed day that was read just before it closed',
      '2026-11-01',
      '2026-11-04T23:59:59Z',
      '2026-11-21T10:00:00Z',
      'expired',
    ],
  ])('is right for %s', (_what, day, asOf, now, due) => {
    expect(freshness(day, at(asOf), at(now), ages)).toBe(due);
  });

  it('never improves with time, but for the moment at which a day closes', () => {
    const order = ['fresh', 'due', 'expired'];
    const asOf = at('2026-11-21T10:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 * 60 }), fc.integer({ min: 0, max: 14 * 60 }), (one, other) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)].map((minutes) =>
          order.indexOf(freshness('2026-11-21', asOf, asOf + minutes * 60_000, ages)),
        );
        expect(early).toBeLessThanOrEqual(late ?? -1);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is stale for no time while it is fresh, and from then on for longer and longer', () => {
    const asOf = at('2026-11-21T10:00:00Z');
    expect(staleForMs('2026-11-21', asOf, asOf + hour, ages)).toBe(0);
    expect(staleForMs('2026-11-21', asOf, asOf + hour + 5, ages)).toBe(5);
    expect(staleForMs('2026-11-21', asOf, asOf + 3 * hour, ages)).toBe(2 * hour);
  });
});

describe('paced ages', () => {
  it('spread three quarters of a quota over the questions in use, and never shorten an age', () => {
    const day = { limit: 60, windowMs: 24 * hour };
    expect(pacedAges(ages, day, 1).openMs).toBe(hour);
    expect(pacedAges(ages, day, 3).openMs).toBe(1.6 * hour);
    expect(pacedAges(ages, day, 30)).toEqual({ openMs: 16 * hour, restatedDays: 3, restatedMs: 16 * hour });
    expect(pacedAges(ages, day, 0).openMs).toBe(hour);
  });
});
