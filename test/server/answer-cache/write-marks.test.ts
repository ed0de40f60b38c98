import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWriteMarks } from '../../../src/server/answer-cache/write-marks.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { VirtualClock } from '../../support/clock.ts';

/** A replica that answers from memory, over data that all replicas share. */
const replica = (clock: VirtualClock, store: Store, data: { written: number }) => {
  let answer: number | null = null;
  const marks = createWriteMarks({
    clock,
    store,
    onWrite: () => {
      answer = null;
    },
  });
  return {
    read: async (): Promise<number> => {
      await marks.look();
      answer ??= data.written;
      return answer;
    },
    write: async (): Promise<number> => {
      data.written += 1;
      const mine = data.written;
      answer = null;
      await marks.announce();
      return mine;
    },
  };
};

describe('writes of other replicas', () => {
  it('are in every answer that is asked for after them, however reads and writes fall', async () => {
    const turn = fc.record({
      at: fc.integer({ min: 0, max: 1 }),
      does: fc.constantFrom('read', 'read', 'write'),
      pause: fc.integer({ min: 0, max: 70 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 30 }), async (turns) => {
        const clock = new VirtualClock();
        const store = createMemoryStore(clock);
        const data = { written: 0 };
        const replicas = [replica(clock, store, data), replica(clock, store, data)];
        let acknowledged = 0;
        const running: Promise<void>[] = [];
        for (const { at, does, pause } of turns) {
          const each = replicas[at];
          if (does === 'write') {
            running.push(
              (each?.write() ?? Promise.resolve(0)).then((mine) => {
                acknowledged = Math.max(acknowledged, mine);
              }),
            );
          } else {
            const before = acknowledged;
            expect(await each?.read()).toBeGreaterThanOrEqual(before);
          }
          await clock.advance(pause);
        }
        await clock.advance(100);
        await Promise.all(running);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('are looked for once in fifty milliseconds, however many ask', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    let reads = 0;
    const counting: Store = {
      ...store,
      get: async (key) => {
        reads += 1;
        return store.get(key);
      },
    };
    const marks = createWriteMarks({ clock, store: counting, onWrite: () => {} });
    await Promise.all(Array.from({ length: 100 }, () => marks.look()));
    expect(reads).toBe(1);
    expect(marks.look()).toBeUndefined();
    await clock.advance(49);
    expect(marks.look()).toBeUndefined();
    await clock.advance(1);
    await marks.look();
    expect(reads).toBe(2);
  });

  it('do not fail and do not wait while the store is lost', async () => {
    const clock = new VirtualClock();
    const lost = async () => {
      throw new TypeError('the store is lost');
    };
    const store: Store = { ...createMemoryStore(clock), get: lost, set: lost };
    const marks = createWriteMarks({ clock, store, onWrite: () => {} });
    await marks.look();
    await marks.announce();
    expect(clock.monotonic()).toBe(0);
  });
});
