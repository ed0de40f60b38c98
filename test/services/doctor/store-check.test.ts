import { expect, it } from 'vitest';
import { checkStore } from '../../../src/services/doctor/store-check.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import { VirtualClock } from '../../support/clock.ts';

const clock = new VirtualClock();

it('a store that keeps what is written is ok, and nothing stays in it', async () => {
  const store = createMemoryStore(clock);
  expect(await checkStore(store, null, clock)).toMatchObject({ ok: true, mend: null });
  expect(await store.keys('', 10)).toEqual([]);
});

it('a store that loses it, cannot be written, or warns is not', async () => {
  const store = createMemoryStore(clock);
  const forgetting = { ...store, get: async () => null };
  expect(await checkStore(forgetting, null, clock)).toMatchObject({
    ok: false,
    detail: expect.stringContaining('read back'),
  });
  const full = { ...store, set: () => Promise.reject(new Error('ENOSPC at /secret/path')) };
  const check = await checkStore(full, null, clock);
  expect(check.ok).toBe(false);
  expect(check.detail).not.toContain('secret');
  expect(await checkStore(store, 'DATA_DIR cannot be written', clock)).toMatchObject({
    ok: false,
    detail: 'DATA_DIR cannot be written',
  });
});
