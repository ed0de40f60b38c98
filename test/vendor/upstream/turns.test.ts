import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { VirtualClock } from '../../support/clock.ts';
import { failureOf, openRig } from './rig.ts';

const windowMs = 120_000;
const quotas = [{ name: 'calls', limit: 4, windowMs, perOperation: true, whenSpent: 'wait' } as const];
const read = { quota: 'calls', operation: 'read-days' };
const list = { quota: 'calls', operation: 'list-budgets' };

/** The largest number of instants that lie in one window. */
const mostInOneWindow = (instants: readonly number[]): number =>
  Math.max(...instants.map((start) => instants.filter((at) => at >= start && at < start + windowMs).length));

/** Virtual time passes while a real answer is under way. */
const limits = { quotas, timeoutMs: 100 * windowMs };

describe('a quota of each operation whose calls wait for their turn', () => {
  const open = async (clock = new VirtualClock(), store: Store = createMemoryStore(clock)) => {
    /** When a unit was charged, which is right before the call is sent. */
    const chargedAt: number[] = [];
    const counting: Store = {
      ...store,
      draw: async (...asked) => {
        const draw = await store.draw(...asked);
        if (draw.granted) chargedAt.push(clock.monotonic());
        return draw;
      },
    };
    return { clock, store, chargedAt, rig: await openRig({ clock, store: counting, limits }) };
  };
  const later = (clock: VirtualClock) => ({ deadline: clock.monotonic() + 30 * windowMs });

  test('sends all of them, and never more in a window than the limit', async () => {
    const { clock, chargedAt, rig } = await open();
    const calls = Array.from({ length: 11 }, () => rig.get('/days', read, later(clock)));
    await clock.advance(4 * windowMs);
    await Promise.all(calls);
    expect(chargedAt).toHaveLength(11);
    expect(rig.stub.seen).toHaveLength(11);
    expect(mostInOneWindow(chargedAt)).toBe(4);
  });

  test('is shared by two replicas', async () => {
    const one = await open();
    const other = await open(one.clock, one.store);
    const calls = Array.from({ length: 5 }, () => [one.rig, other.rig]).flat();
    const done = calls.map((rig) => rig.get('/days', read, later(one.clock)));
    await one.clock.advance(4 * windowMs);
    await Promise.all(done);
    expect(mostInOneWindow([...one.chargedAt, ...other.chargedAt])).toBe(4);
  });

  test('lets another operation go on meanwhile, although as many calls wait as may run', async () => {
    const { clock, rig } = await open();
    const waiting = Array.from({ length: 12 }, () => rig.get('/days', read, later(clock)));
    await clock.advance(1);
    expect((await rig.get('/budgets', list)).status).toBe(200);
    await clock.advance(4 * windowMs);
    await Promise.all(waiting);
  });

  test('refuses at once what cannot have its turn before its deadline, and says when', async () => {
    const { clock, rig } = await open();
    for (let call = 0; call < 4; call += 1) await rig.get('/days', read);
    const failure = await failureOf(rig.get('/days', read, { deadline: clock.monotonic() + 15_000 }));
    expect(failure.kind).toBe('quota-exhausted');
    expect(failure.details.public).toContain('"calls" of read-days');
    expect(failure.details.retryAfterMs).toBeGreaterThan(119_000);
  });

  test('stands in the state for each operation that was called, by any replica', async () => {
    const one = await open();
    const other = await open(one.clock, one.store);
    await one.rig.get('/days', read);
    await other.rig.get('/budgets', list);
    await other.rig.get('/budgets', list);
    expect((await one.rig.upstream.state()).quotas).toMatchObject([
      { name: 'calls', operation: 'list-budgets', limit: 4, window: 'PT2M', spent: 2, left: 2 },
      { name: 'calls', operation: 'read-days', spent: 1, left: 3 },
    ]);
  });
});
