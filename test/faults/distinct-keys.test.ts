import { expect, test } from 'vitest';
import { isMet, tableOf } from '../../bench/chaos/figure.ts';
import { distinctKeys } from '../../bench/holds/distinct-keys.ts';

/** The short form of `npm run chaos distinctKeys`: processes as `npm start` runs them, with SQLite, keys and shedder. */
test('F8 questions of which no two are equal are all answered, in bounded memory', async () => {
  const figures = await distinctKeys({ short: true });
  expect(figures.length).toBeGreaterThan(0);
  expect(figures.every(isMet), tableOf(figures)).toBe(true);
});
