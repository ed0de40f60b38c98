import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Figure, isMet, tableOf } from '../../bench/chaos/figure.ts';
import { measureBlocked } from '../../bench/holds/blocked.ts';
import { type BusyGateway, startBusyGateway } from '../../bench/holds/busy-gateway.ts';
import { type Generator, startGenerator } from '../../bench/holds/generator.ts';
import { measureGreedy } from '../../bench/holds/greedy.ts';
import { measureSockets } from '../../bench/holds/sockets.ts';

/**
 * The short forms of `npm run chaos greedy`, `blocked` and `sockets`, over one gateway as `npm start` runs it, with API
 * keys, the embedded store and its shedder. Counts only: times belong to the long forms.
 */
let busy: BusyGateway;
let generator: Generator;
beforeAll(async () => {
  busy = await startBusyGateway({ RATE_LIMIT_MAX: '100' }, true);
  generator = await startGenerator();
});
afterAll(async () => {
  await generator.close();
  await busy.close();
});

const countsAreMet = (figures: readonly Figure[]): void => {
  const counts = figures.filter(({ timing }) => timing !== true);
  expect(counts.length).toBeGreaterThan(1);
  expect(counts.every(isMet), tableOf(figures)).toBe(true);
};

test('H4 a caller far above its limit has no read of another caller refused, and no check of health', async () => {
  countsAreMet(await measureGreedy(busy, generator, true));
});

test('H1 a burst of forty different questions of one caller is answered, every one', async () => {
  const { keys, kinds } = busy.load;
  const cold = kinds.find(({ name }) => name === 'cold')?.path ?? '';
  const headers = { authorization: `Bearer ${keys[2]}` };
  const asked = Array.from({ length: 40 }, (_each, count) =>
    busy.ask(cold.replaceAll('#', `burst${count}`), { headers }),
  );
  expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]));
});

test('H5 a gateway that stood still for half a second loses no request and refuses none two seconds later', async () => {
  countsAreMet(await measureBlocked(busy, generator, true));
});

test('H6 idle connections, slow headers, slow bodies and slow readers keep nobody from being answered', async () => {
  countsAreMet(await measureSockets(busy, true));
});
