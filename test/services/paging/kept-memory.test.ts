import { afterEach, beforeEach, expect, it } from 'vitest';
import { daysIn } from '../../../src/domain/day.ts';
import { listAnswerSchema, problemOf } from '../../support/answers.ts';
import type { RunningApp } from '../../support/app.ts';
import { VirtualClock } from '../../support/clock.ts';
import { ToyVendor } from '../../support/toy-vendor.ts';
import { startToyVendors } from '../../support/toy-vendors-app.ts';

/** A vendor with a hundred accounts on every day. */
const wideVendor = (clock: VirtualClock): ToyVendor => {
  const vendor = new ToyVendor(clock);
  vendor.rewrite = (_rows, question) =>
    daysIn(question.start, question.end).flatMap((day) =>
      Array.from({ length: 100 }, (_, account) => ({
        day,
        values: question.dimensions.map((dimension) => (dimension === 'account' ? `account-${account}` : null)),
        amount: `${account}.123456789`,
        currency: 'USD',
      })),
    );
  return vendor;
};

/** Sixty questions, each with its own rows: 1,100 to 3,000 of them. */
const questions = ['start', 'cost', '-cost'].flatMap((sort) =>
  Array.from(
    { length: 20 },
    (_, index) => `/v1/costs?start=2026-10-01&end=2026-10-${index + 12}&groupBy=account&sort=${sort}&limit=1`,
  ),
);

const keptOf = async (app: RunningApp): Promise<{ bytes: number; bytesMax: number }> => {
  const { text } = await app.get('/metrics');
  const read = (name: string) => Number(new RegExp(`^${name}\\{cache="kept"\\} (\\d+)$`, 'm').exec(text)?.[1]);
  return { bytes: read('cost_gateway_cache_bytes'), bytesMax: read('cost_gateway_cache_bytes_max') };
};

let app: RunningApp;
let clock: VirtualClock;
beforeEach(async () => {
  clock = new VirtualClock();
});
afterEach(() => app.close());
const cursorOf = async (path: string): Promise<string> =>
  listAnswerSchema.parse((await app.get(path)).body).page.nextCursor ?? '';

it('sixty large answers of which one row is read each stay within their share of CACHE_MAX_BYTES', async () => {
  app = await startToyVendors([wideVendor(clock)], clock, { cacheBytesMax: 16_000_000 });
  const cursors: string[] = [];
  let most = 0;
  for (const path of questions) {
    cursors.push(await cursorOf(path));
    const { bytes, bytesMax } = await keptOf(app);
    expect(bytesMax).toBe(5_000_000);
    expect(bytes).toBeLessThanOrEqual(bytesMax);
    most = Math.max(most, bytes);
  }
  expect(most).toBeGreaterThan(4_000_000);
  const { problem } = await problemOf(app, `/v1/costs?cursor=${cursors[0]}`);
  expect(problem).toMatchObject({ status: 410, type: '/problems/cursor-expired' });
  expect((await app.get(`/v1/costs?cursor=${cursors.at(-1)}`)).status).toBe(200);
  const again = await cursorOf(questions[0] ?? '');
  expect((await app.get(`/v1/costs?cursor=${again}`)).status).toBe(200);
});

it('an answer that is too large for its further pages to be kept is refused, and is answered where it is one page', async () => {
  app = await startToyVendors([wideVendor(clock)], clock, { cacheBytesMax: 200_000 });
  const path = '/v1/costs?start=2026-10-01&end=2026-10-09&groupBy=account';
  const { problem } = await problemOf(app, `${path}&limit=1`);
  expect(problem).toMatchObject({ status: 400, errors: [{ path: 'query.limit' }] });
  const whole = await app.get(`${path}&limit=1000`);
  expect(whole.status).toBe(200);
  expect(listAnswerSchema.parse(whole.body).data).toHaveLength(800);
});

it('the sizes of all caches stand in the metrics, within CACHE_MAX_BYTES together', async () => {
  app = await startToyVendors([wideVendor(clock)], clock, { cacheBytesMax: 16_000_000, answerFreshMs: 5_000 });
  await app.get(questions[0] ?? '');
  const { text } = await app.get('/metrics');
  const limits = [...text.matchAll(/^cost_gateway_cache_bytes_max\{cache="(\w+)"\} (\d+)$/gm)];
  expect(limits.map(([, name]) => name).sort()).toEqual(['answers', 'kept', 'mirror', 'segments']);
  expect(limits.reduce((sum, [, , bytes]) => sum + Number(bytes), 0)).toBe(16_000_000);
  const sizes = Object.fromEntries(
    [...text.matchAll(/^cost_gateway_cache_bytes\{cache="(\w+)"\} (\d+)$/gm)].map(([, name, bytes]) => [
      name,
      Number(bytes),
    ]),
  );
  // A store in memory has no last values beside its own.
  expect(sizes.mirror).toBe(0);
  for (const name of ['answers', 'kept', 'segments']) expect(sizes[name]).toBeGreaterThan(1_000);
});
