import crypto, { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authenticator, type KeyEntry } from '../../../src/server/identity/caller-auth.ts';
import { VirtualClock } from '../../support/clock.ts';

const compared: number[] = [];
const { timingSafeEqual } = crypto;
const compareWith = (compare: typeof timingSafeEqual): void => {
  crypto.timingSafeEqual = compare;
  syncBuiltinESMExports();
};
beforeAll(() =>
  compareWith((left, right) => {
    compared.push(left.byteLength, right.byteLength);
    return timingSafeEqual(left, right);
  }),
);
afterAll(() => compareWith(timingSafeEqual));

const good = 'k'.repeat(40);
const keys: KeyEntry[] = ['first', good, 'third'].map((key, index) => ({
  name: `key-${index}`,
  digest: createHash('sha256').update(key).digest('hex'),
  scopes: ['read'],
}));
const authenticate = authenticator({ mode: 'keys', keys, clock: new VirtualClock() });

beforeEach(() => {
  compared.length = 0;
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
    expect(compared).toEqual([32, 32, 32, 32, 32, 32]);
  });
});
