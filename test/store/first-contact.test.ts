import { expect, test } from 'vitest';
import { firstContact } from '../../src/store/first-contact.ts';
import { VirtualClock } from '../support/clock.ts';

const answersAfter = (refusals: number) => {
  let asked = 0;
  return {
    get: async (): Promise<null> => {
      asked += 1;
      if (asked <= refusals) throw new Error('lost');
      return null;
    },
  };
};
const endedAt = async (refusals: number): Promise<number> => {
  const clock = new VirtualClock();
  const begun = clock.monotonic();
  let ended = Number.NaN;
  void firstContact(answersAfter(refusals), clock).then(() => {
    ended = clock.monotonic() - begun;
  });
  await clock.advance(10_000);
  return ended;
};

test('a process waits for a shared store that answers a little later, and not at all for one that answers', async () => {
  expect([await endedAt(0), await endedAt(3)]).toEqual([0, 300]);
});

test('it starts without a store that does not answer', async () => {
  expect(await endedAt(Number.POSITIVE_INFINITY)).toBe(2_000);
});
