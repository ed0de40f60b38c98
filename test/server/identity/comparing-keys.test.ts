import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { authenticator, type KeyEntry } from '../../../src/server/identity/caller-auth.ts';
import { VirtualClock } from '../../support/clock.ts';

const compared = vi.hoisted(() => ({ lengths: Array.of<number>() }));
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  return {
    ...real,
    timingSafeEqual: (left: Uint8Array, right: Uint8Array) => {
      compared.lengths.push(left.length, right.length);
      return real.timingSafeEqual(left, right);
    },
  };
});

const good = 'k'.repeat(40);
const keys: KeyEntry[] = ['first', good, 'third'].map((key, index) => ({
  name: `key-${index}`,
  digest: createHash('sha256').update(key).digest('hex'),
  scopes: ['read'],
}));
const authenticate = authenticator({ mode: 'keys', keys, clock: new VirtualClock() });

beforeEach(() => {
  compared.lengths.length = 0;
});

describe('looking for a key', () => {
  it.each([
    ['the first byte is wrong', `x${good.slice(1)}`],
    ['the last byte is wrong', `${good.slice(1)}x`],
    ['it is short', 'x'],
    ['it is long', 'x'.repeat(10_000)],
    ['it is right', good],
    ['it is the first of all', 'first'],
  ])('compares digests of one length with every entry, if %s', async (_name, key) => {
    await authenticate(new Map([['x-api-key', [key]]])).catch(() => null);
    expect(compared.lengths).toEqual([32, 32, 32, 32, 32, 32]);
  });
});
