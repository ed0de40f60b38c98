import { expect, it } from 'vitest';
import { awaited } from '../../src/store/awaited.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { VirtualClock } from '../support/clock.ts';

const setUp = (waitMsMax: number) => {
  const clock = new VirtualClock();
  let lost = true;
  const store = createMemoryStore(clock);
  const failing = {
    ...store,
    get: async (key: string) => {
      if (lost) throw new TypeError('lost');
      return store.get(key);
    },
  };
  return {
    clock,
    store: awaited(failing, { clock, lost: () => lost, waitMsMax }),
    comeBack: () => {
      lost = false;
    },
  };
};

it('a lost store is asked when it is back', async () => {
  const { clock, store, comeBack } = setUp(2_000);
  const asked = store.get('key');
  await clock.advance(500);
  comeBack();
  await clock.advance(50);
  expect(await asked).toBeNull();
});

it('one that stays lost fails after the wait', async () => {
  const { clock, store } = setUp(2_000);
  let failedAt = Number.NaN;
  const asked = store.get('key').catch(() => {
    failedAt = clock.monotonic();
  });
  await clock.advance(3_000);
  await asked;
  expect(failedAt).toBe(2_000);
});

it('without a wait it fails at once', async () => {
  const { clock, store } = setUp(0);
  await expect(store.get('key')).rejects.toThrow('lost');
  expect(clock.monotonic()).toBe(0);
});
