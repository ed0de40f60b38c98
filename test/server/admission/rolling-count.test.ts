import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollingCount } from '../../../src/server/admission/rolling-count.ts';

const windowMs = 60_000;

describe('a rolling count', () => {
  it('never forgets what lies inside its window, and soon forgets the rest', () => {
    const steps = fc.array(fc.record({ waitMs: fc.nat(20_000), amount: fc.integer({ min: 1, max: 5 }) }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, (made) => {
        const count = new RollingCount(windowMs);
        const all: { at: number; amount: number }[] = [];
        let now = 0;
        const since = (instant: number) =>
          all.filter(({ at }) => at > instant).reduce((sum, { amount }) => sum + amount, 0);
        for (const { waitMs, amount } of made) {
          now += waitMs;
          count.add(now, amount);
          all.push({ at: now, amount });
          const spent = count.spent(now);
          expect(spent).toBeGreaterThanOrEqual(since(now - windowMs));
          expect(spent).toBeLessThanOrEqual(since(now - windowMs - windowMs / 600));
        }
      }),
    );
  });

  it('says when there is room again, and is right', () => {
    const count = new RollingCount(windowMs);
    count.add(0, 2);
    count.add(10_000, 1);
    expect(count.freeInMs(20_000, 4)).toBe(0);
    expect(count.freeInMs(20_000, 3)).toBe(40_000);
    expect(count.spent(59_999)).toBe(3);
    expect(count.spent(60_000)).toBe(1);
    expect(count.resetInMs(60_000)).toBe(10_000);
    expect(count.freeInMs(60_000, 1)).toBe(10_000);
    expect(count.spent(70_000)).toBe(0);
    expect(count.resetInMs(70_000)).toBe(0);
  });
});
