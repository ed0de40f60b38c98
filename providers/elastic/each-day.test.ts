import { describe, expect, it } from 'vitest';
import { daysIn } from '../../src/domain/day.ts';
import { Failure } from '../../src/vendor/kit/index.ts';
import { concurrencyMax, eachDay } from './each-day.ts';

const days = daysIn('2026-10-01', '2026-10-31');
const failure = (kind: Failure['kind']) => new Failure(kind, { public: kind });
const kindOf = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'none',
    (thrown) => (thrown instanceof Failure ? thrown.kind : String(thrown)),
  );

describe('reading each day', () => {
  it('is never more than six at a time, and every day once', async () => {
    let running = 0;
    let most = 0;
    const done: string[] = [];
    await eachDay(days, async (day) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      done.push(day);
    });
    expect(most).toBe(concurrencyMax);
    expect(done.sort()).toEqual(days);
  });

  it('goes on after a day that fails, and fails at the end', async () => {
    const done: string[] = [];
    const ended = eachDay(days, async (day) => {
      if (day === '2026-10-02' || day === '2026-10-30') throw failure('vendor-unavailable');
      done.push(day);
    });
    expect(await kindOf(ended)).toBe('vendor-unavailable');
    expect(done).toHaveLength(days.length - 2);
  });

  it('names why the circuit opened, and not that it is open', async () => {
    const ended = eachDay(days, async (day) => {
      throw failure(day < '2026-10-06' ? 'vendor-unavailable' : 'circuit-open');
    });
    expect(await kindOf(ended)).toBe('vendor-unavailable');
  });

  it.each(['vendor-throttled', 'credentials-rejected', 'permission-missing', 'vendor-not-found'] as const)(
    'ends with %s, which every day would meet, and says so first',
    async (kind) => {
      let begun = 0;
      const ended = eachDay(days, async (day) => {
        begun += 1;
        if (day === '2026-10-01') throw failure('vendor-malformed');
        await new Promise((resolve) => setImmediate(resolve));
        throw failure(kind);
      });
      expect(await kindOf(ended)).toBe(kind);
      expect(begun).toBeLessThanOrEqual(concurrencyMax + 1);
    },
  );

  it('does not hide an error of the gateway itself', async () => {
    await expect(
      eachDay(days, async () => {
        throw new TypeError('a bug');
      }),
    ).rejects.toThrow('a bug');
  });

  it('is nothing without days', async () => {
    await eachDay([], async () => {
      throw new TypeError('never');
    });
  });
});
