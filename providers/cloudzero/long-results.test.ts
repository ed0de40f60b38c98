import { afterEach, describe, expect, test } from 'vitest';
import type { RunningSandbox, SandboxReply } from '../../src/vendor/sandbox/server.ts';
import { longRangeDays, longTotal, openLongResult } from '../../test/support/long-result.ts';

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

describe.each(['live', 'published'] as const)('a long result, %s', (variant) => {
  test('of 250 pages is one paid query, exact to the last digit', async () => {
    const rowsPerDay = 41;
    const { ask, paid, pages, spent } = await open({ variant, rowsPerDay, rowsPerPage: 10 });
    const answer = await ask();
    expect(answer?.complete).toBe(true);
    expect(answer?.totals).toEqual([{ amount: longTotal(rowsPerDay), currency: 'USD' }]);
    expect(pages().length + 1).toBe(Math.ceil((rowsPerDay * longRangeDays) / 10));
    expect(pages().length + 1).toBeGreaterThanOrEqual(250);
    expect(paid()).toBe(1);
    expect(await spent()).toBe(1);
  });

  test.each(['throttle', 'cut', 'status', 'restart'] as const)(
    'is read to its end with one paid query although every page meets a fault: %s',
    async (kind) => {
      const rowsPerDay = 3;
      const broken = new Set<number>();
      let fail: () => void = () => {};
      let failing = false;
      const { ask, paid, pages, vendor, clock, restart, spent } = await open({
        variant,
        rowsPerDay,
        rowsPerPage: 10,
        before: (page) => {
          // A cut answer is made before it is cut.
          if (failing || broken.has(page)) return null;
          broken.add(page);
          failing = true;
          fail();
          return null;
        },
      });
      // After each page that is new nothing comes until the next attempt.
      fail = () =>
        vendor.faults.set([
          { path: '/v2/billing/costs', kind: kind === 'restart' ? 'reset' : kind, retryAfter: '600' },
        ]);
      let answer = await ask();
      let attempts = 1;
      for (; answer?.complete !== true && attempts < 100; attempts += 1) {
        vendor.faults.clear();
        failing = false;
        if (kind === 'restart') restart();
        await clock.advance(20 * minute);
        answer = await ask();
      }
      expect(answer?.complete).toBe(true);
      expect(answer?.totals).toEqual([{ amount: longTotal(rowsPerDay), currency: 'USD' }]);
      const last = Math.ceil((rowsPerDay * longRangeDays) / 10);
      expect(broken.size).toBe(last);
      expect(attempts).toBeGreaterThanOrEqual(last - 1);
      expect(paid()).toBe(1);
      expect(await spent()).toBe(1);
      expect(
        new Set(
          pages()
            .filter(({ status }) => status === 200)
            .map(({ query }) => query),
        ).size,
      ).toBe(last - 1);
    },
  );
});

test('more rows than are settled at a time are handed over in parts, and add up to the same', async () => {
  const rowsPerDay = 1_700;
  const { ask, paid } = await open({ rowsPerDay, rowsPerPage: 10_000 });
  const answer = await ask();
  expect(answer?.complete).toBe(true);
  expect(answer?.totals).toEqual([{ amount: longTotal(rowsPerDay), currency: 'USD' }]);
  expect(answer?.providers[0]).toMatchObject({ completeThrough: '2026-10-31', notes: [] });
  expect(paid()).toBe(1);
});

test('a query that was sent is spent, whatever became of it', async () => {
  const { ask, paid, spent, vendor, clock } = await open({ rowsPerDay: 2, rowsPerPage: 1_000 });
  vendor.faults.set([{ path: '/v2/billing/costs', kind: 'status', status: 500, times: 1 }]);
  expect((await ask())?.complete ?? false).toBe(false);
  expect([paid(), await spent()]).toEqual([1, 1]);
  vendor.faults.set([{ path: '/v2/billing/costs', kind: 'cut', times: 1 }]);
  await clock.advance(5 * minute);
  expect((await ask())?.complete ?? false).toBe(false);
  expect([paid(), await spent()]).toEqual([2, 2]);
  await clock.advance(5 * minute);
  expect((await ask())?.complete).toBe(true);
  expect([paid(), await spent()]).toEqual([3, 3]);
});

test('a result set that is gone when the gateway comes back is asked for once more', async () => {
  const { ask, paid, vendor, clock, restart } = await open({
    rowsPerDay: 3,
    rowsPerPage: 50,
    before: (page) => {
      if (page === 2 && vendor.calls.length < 5)
        vendor.faults.set([{ path: '/v2/billing/costs', kind: 'reset', times: 3 }]);
      return null;
    },
  });
  expect((await ask())?.complete ?? false).toBe(false);
  restart();
  // Longer than the vendor keeps it; the gateway keeps its pages no longer than that.
  await clock.advance(25 * 60 * minute);
  expect((await ask())?.totals).toEqual([{ amount: longTotal(3), currency: 'USD' }]);
  expect(paid()).toBe(2);
});

test.each([
  ['is refused', (): SandboxReply => ({ status: 400, json: { error: { message: 'cursor is no cursor', type: 'x' } } })],
  ['has expired', (): SandboxReply => ({ status: 410, json: { error: { message: 'gone', type: 'ExpiredCache' } } })],
  [
    'belongs to another result',
    (): SandboxReply => ({ json: { costs: [], pagination: { total_count: 9, cursor: { has_next: false } } } }),
  ],
])('progress whose cursor %s is dropped, and the query is made once more', async (_name, reply) => {
  let contradicts = false;
  const { ask, paid, vendor, clock, restart } = await open({
    rowsPerDay: 3,
    rowsPerPage: 50,
    before: (page) => {
      if (page === 3 && contradicts) {
        contradicts = false;
        return reply();
      }
      if (page === 2 && vendor.calls.length < 5)
        vendor.faults.set([{ path: '/v2/billing/costs', kind: 'reset', times: 3 }]);
      return null;
    },
  });
  expect((await ask())?.complete ?? false).toBe(false);
  restart();
  await clock.advance(5 * minute);
  contradicts = true;
  const answer = await ask();
  expect(answer?.complete).toBe(true);
  expect(answer?.totals).toEqual([{ amount: longTotal(3), currency: 'USD' }]);
  expect(paid()).toBe(2);
});
