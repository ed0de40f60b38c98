import { afterEach, describe, expect, test } from 'vitest';
import { type Day, daysBetween } from '../../src/domain/day.ts';
import type { RunningSandbox, SandboxReply } from '../../src/vendor/sandbox/server.ts';
import { longTotal, openLongResult } from '../../test/support/long-result.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const open = async (options: Parameters<typeof openLongResult>[0]) => {
  const opened = await openLongResult(options);
  running.push(opened.vendor);
  return opened;
};

const minute = 60_000;

describe('a span that is too much for one query', () => {
  const tooMuch = ({ start, end }: { readonly start: Day; readonly end: Day }) => daysBetween(start, end) > 31;

  test.each([
    ['times out', (): SandboxReply => ({ status: 504, json: { message: 'Endpoint request timed out' } })],
    [
      'is too large',
      (): SandboxReply => ({ text: `{"costs":["${'x'.repeat(34_000_000)}"]}`, contentType: 'application/json' }),
    ],
  ])('because it %s is asked for in halves, each of them a paid query', async (_name, reply) => {
    const { ask, paid, spent } = await open({
      rowsPerDay: 3,
      rowsPerPage: 50,
      before: (page, query) => (page === 1 && tooMuch(query) ? reply() : null),
    });
    const answer = await ask();
    expect(answer?.complete).toBe(true);
    expect(answer?.totals).toEqual([{ amount: longTotal(3), currency: 'USD' }]);
    expect([paid(), await spent()]).toEqual([3, 3]);
  });

  test('keeps the half that was read when the other breaks off', async () => {
    const { ask, paid, clock, vendor } = await open({
      rowsPerDay: 3,
      rowsPerPage: 50,
      before: (page, query) => {
        if (page === 1 && tooMuch(query)) return { status: 504 };
        if (page === 1 && query.start === '2026-10-01' && vendor.calls.length < 6) return { status: 500 };
        return null;
      },
    });
    const first = await ask();
    expect(first?.complete).toBe(false);
    expect(first?.totals).toEqual([
      { amount: longTotal(3, { start: '2026-09-01', end: '2026-10-01' }), currency: 'USD' },
    ]);
    await clock.advance(5 * minute);
    expect((await ask())?.totals).toEqual([{ amount: longTotal(3), currency: 'USD' }]);
    // The whole, both halves, and the second once more; never the first again.
    expect(paid()).toBe(4);
  });

  test('is divided no further in one attempt while the vendor answers nothing, and the next attempt goes on from there', async () => {
    const sizes: number[] = [];
    const { ask, clock } = await open({
      rowsPerDay: 1,
      rowsPerPage: 50,
      before: (_page, query) => {
        sizes.push(daysBetween(query.start, query.end));
        return { status: 504 };
      },
    });
    await ask();
    expect(sizes).toEqual([61, 30]);
    await clock.advance(60 * minute);
    await ask();
    expect(sizes).toEqual([61, 30, 15, 7]);
  });
});
