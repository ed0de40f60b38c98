import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { onceAcross } from '../../src/store/single.ts';
import type { Store } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';

/** Replicas that all want the same result; it takes a second to come by. */
const rig = (clock = new VirtualClock(), store: Store = createMemoryStore(clock)) => {
  const result: { held: string | null; done: number; takesMs: number; fails: Failure | null } = {
    held: null,
    done: 0,
    takesMs: 1000,
    fails: null,
  };
  const ask = (): Promise<string> =>
    onceAcross({
      store,
      clock,
      name: 'work',
      waitMsMax: 30_000,
      read: async () => result.held,
      work: async () => {
        result.done += 1;
        await clock.sleep(result.takesMs);
        if (result.fails !== null) throw result.fails;
        result.held = `made by ${result.done}`;
        return result.held;
      },
    });
  return { clock, store, result, ask };
};

describe('equal work of several replicas', () => {
  test('is done once, and all get what came of it', async () => {
    const { clock, result, ask } = rig();
    const asking = Promise.all(Array.from({ length: 8 }, ask));
    await clock.advance(8000);
    expect(new Set(await asking)).toEqual(new Set(['made by 1']));
    expect(result.done).toBe(1);
  });

  test('who comes when it has just been done does not do it again', async () => {
    const { clock, result, ask } = rig();
    const first = ask();
    await clock.advance(1000);
    await first;
    expect(await ask()).toBe('made by 1');
    expect(result.done).toBe(1);
  });

  test('fails once for all who waited, and is tried anew by who comes later', async () => {
    const { clock, result, ask } = rig();
    result.fails = new Failure('vendor-throttled', { public: 'not now', retryAfterMs: 700 });
    const asking = Promise.allSettled(Array.from({ length: 8 }, ask));
    await clock.advance(8000);
    for (const outcome of await asking) {
      expect(outcome).toMatchObject({ reason: { kind: 'vendor-throttled', details: { retryAfterMs: 700 } } });
    }
    expect(result.done).toBe(1);
    result.fails = null;
    const later = ask();
    await clock.advance(2000);
    expect(await later).toBe('made by 2');
  });

  test('a worker that dies is missed after ten seconds, and another does it', async () => {
    const { clock, store, result, ask } = rig();
    await store.set('once/1/work', Buffer.from('gone'), { expiresInMs: 9_000 });
    const asking = ask();
    await clock.advance(8000);
    expect(result.done).toBe(0);
    await clock.advance(3000);
    expect(await asking).toBe('made by 1');
  });

  test('a worker that takes long is waited for as long as it is alive', async () => {
    const { clock, result, ask } = rig();
    result.takesMs = 25_000;
    const asking = Promise.all([ask(), ask()]);
    await clock.advance(26_000);
    expect(await asking).toEqual(['made by 1', 'made by 1']);
  });

  test('a wait without end is ended: then it is done twice rather than not at all', async () => {
    const { clock, result, ask } = rig();
    result.takesMs = 40_000;
    const asking = Promise.all([ask(), ask()]);
    await clock.advance(80_000);
    await asking;
    expect(result.done).toBe(2);
  });

  test('a store that cannot tell keeps nobody from working', async () => {
    const clock = new VirtualClock();
    const broken = { ...createMemoryStore(clock), compareAndSet: () => Promise.reject(new Error('lost')) };
    const { ask } = rig(clock, broken);
    const asking = ask();
    await clock.advance(1000);
    expect(await asking).toBe('made by 1');
  });
});
