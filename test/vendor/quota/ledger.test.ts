import { beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { createLedger, type Ledger } from '../../../src/vendor/quota/ledger.ts';
import { windowText } from '../../../src/vendor/quota/window-text.ts';
import { VirtualClock } from '../../support/clock.ts';

const hour = 3_600_000;
const quotas = [
  { name: 'cost-queries', limit: 8, windowMs: 24 * hour },
  { name: 'lists', limit: 2, windowMs: 600_000 },
];

const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  const thrown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (thrown instanceof Failure) return thrown;
  throw new TypeError('nothing was refused');
};
const spend = async (ledger: Ledger, times: number): Promise<void> => {
  for (let turn = 0; turn < times; turn += 1) await ledger.draw('cost-queries', 'query', 'dashboard');
};

describe('the quota ledger', () => {
  let clock: VirtualClock;
  let store: Store;
  let ledger: Ledger;
  beforeEach(() => {
    clock = new VirtualClock('2026-11-21T10:00:00Z');
    store = createMemoryStore(clock);
    ledger = createLedger({ store, clock, owner: 'acme', quotas });
  });

  test('a dashboard may spend all, then learns the quota and when it frees', async () => {
    await ledger.draw('cost-queries', 'query', 'dashboard');
    await clock.advance(hour);
    await spend(ledger, 7);
    const failure = await failureOf(ledger.draw('cost-queries', 'query', 'dashboard'));
    expect(failure.kind).toBe('quota-exhausted');
    expect(failure.details.retryAfterMs).toBe(23 * hour);
    expect(failure.details.public).toContain('cost-queries');
    expect(failure.details.public).toContain('2026-11-22T10:00:00Z');
  });

  test('a refresh ahead leaves a quarter, an export half', async () => {
    await spend(ledger, 3);
    await ledger.draw('cost-queries', 'query', 'export');
    expect((await failureOf(ledger.draw('cost-queries', 'query', 'export'))).kind).toBe('quota-exhausted');
    await ledger.draw('cost-queries', 'query', 'refresh');
    await ledger.draw('cost-queries', 'query', 'refresh');
    expect((await failureOf(ledger.draw('cost-queries', 'query', 'refresh'))).details.retryAfterMs).toBe(24 * hour);
    await spend(ledger, 2);
    expect((await ledger.state())[0]).toMatchObject({ spent: 8, left: 0 });
  });

  test('a check refuses as a draw would and charges nothing', async () => {
    await spend(ledger, 6);
    await ledger.check('cost-queries', 'query', 'dashboard');
    expect((await failureOf(ledger.check('cost-queries', 'query', 'refresh'))).kind).toBe('quota-exhausted');
    expect((await ledger.state())[0]?.spent).toBe(6);
  });

  test('a name that no quota has is a fault of ours', async () => {
    await expect(ledger.draw('unheard-of', 'query', 'dashboard')).rejects.toThrow(TypeError);
  });

  test('two ledgers of one owner share, of two owners do not', async () => {
    await spend(ledger, 8);
    const same = createLedger({ store, clock, owner: 'acme', quotas });
    const other = createLedger({ store, clock, owner: 'umbrella', quotas });
    expect((await failureOf(same.draw('cost-queries', 'query', 'dashboard'))).kind).toBe('quota-exhausted');
    await other.draw('cost-queries', 'query', 'dashboard');
  });

  test('the state says when the limit is whole again, or, with nothing left, when the next unit frees', async () => {
    expect(await ledger.state()).toEqual([
      { name: 'cost-queries', limit: 8, window: 'PT24H', spent: 0, left: 8, resetsAt: null },
      { name: 'lists', limit: 2, window: 'PT10M', spent: 0, left: 2, resetsAt: null },
    ]);
    await ledger.draw('lists', 'query', 'dashboard');
    await clock.advance(60_000);
    expect((await ledger.state())[1]).toMatchObject({ left: 1, resetsAt: '2026-11-21T10:10:00Z' });
    await ledger.draw('lists', 'query', 'dashboard');
    expect((await ledger.state())[1]).toMatchObject({ left: 0, resetsAt: '2026-11-21T10:10:00Z' });
    await clock.advance(540_000);
    expect((await ledger.state())[1]).toMatchObject({ left: 1, resetsAt: '2026-11-21T10:11:00Z' });
  });

  test('windows read as durations', () => {
    expect([24 * hour, 600_000, 90_000, 30 * hour].map(windowText)).toEqual(['PT24H', 'PT10M', 'PT90S', 'PT30H']);
  });
});
