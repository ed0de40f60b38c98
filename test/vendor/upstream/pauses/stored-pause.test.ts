import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../../src/store/memory.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createStoredPause } from '../../../../src/vendor/upstream/pauses/stored-pause.ts';
import { VirtualClock } from '../../../support/clock.ts';

describe('a pause that is shared', () => {
  let clock: VirtualClock;
  let store: Store;
  beforeEach(() => {
    clock = new VirtualClock();
    store = createMemoryStore(clock);
  });
  const open = (through: Store = store) => createStoredPause(through, clock, 'pause/1/x');

  test('is seen by another process within a second, and looked for no more often than that', async () => {
    let looks = 0;
    const counted: Store = {
      ...store,
      get: (key) => {
        looks += 1;
        return store.get(key);
      },
    };
    const left = open();
    const right = open(counted);
    for (let turn = 0; turn < 100; turn += 1) expect(await right.current()).toBeNull();
    expect(looks).toBe(1);
    await left.begin(60_000, 'slow down', 'throttled');
    await clock.advance(1000);
    for (let turn = 0; turn < 100; turn += 1)
      expect(await right.current()).toEqual({ leftMs: 59_000, reason: 'slow down', cause: 'throttled' });
    expect(looks).toBe(2);
  });

  test('is never shortened, by this process or by another', async () => {
    const left = open();
    const right = open();
    await right.current();
    await left.begin(60_000, 'long', 'throttled');
    await left.begin(5000, 'short', 'throttled');
    expect(left.known()?.leftMs).toBe(60_000);
    await right.begin(5000, 'short', 'throttled');
    await clock.advance(1000);
    expect((await right.current())?.leftMs).toBe(59_000);
    expect((await open().current())?.reason).toBe('long');
  });

  test('that begins while an older look is under way holds from that moment', async () => {
    await open().begin(1000, 'older', 'throttled');
    await clock.advance(990);
    const older = await store.get('pause/1/x');
    let answer = () => {};
    let looks = 0;
    const slow: Store = {
      ...store,
      get: (key) => {
        looks += 1;
        return looks > 1
          ? store.get(key)
          : new Promise((resolve) => {
              answer = () => resolve(older);
            });
      },
    };
    const pause = open(slow);
    const look = pause.current();
    const beginning = pause.begin(60_000, 'slow down', 'throttled');
    expect(pause.known()?.leftMs).toBe(60_000);
    await beginning;
    answer();
    expect((await look)?.leftMs).toBe(60_000);
    expect(pause.known()?.leftMs).toBe(60_000);
  });

  test('lasts no longer than it was meant to for a process that starts after the clock went back', async () => {
    await open().begin(60_000, 'slow down', 'throttled');
    clock.jump(-3_600_000);
    const restarted = open();
    expect((await restarted.current())?.leftMs).toBe(60_000);
    await clock.advance(60_000);
    expect(await restarted.current()).toBeNull();
  });

  test('that is dropped is dropped everywhere, and bytes that nobody can read are none', async () => {
    const left = open();
    const right = open();
    await left.begin(60_000, 'slow down', 'throttled');
    expect(await right.current()).not.toBeNull();
    await left.drop();
    expect(await left.current()).toBeNull();
    await clock.advance(1000);
    expect(await right.current()).toBeNull();
    await store.set('pause/1/x', new TextEncoder().encode('{"until":'));
    expect(await open().current()).toBeNull();
  });
});
