import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { type RunningApp, startApp } from '../../../test/support/app.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';

/** The vendor locks an operation for 22 minutes after 100 calls in two; so does this stand-in. */
let app: RunningApp;
let sandbox: RunningSandbox;
let clock: VirtualClock;
afterEach(async () => {
  await app.close();
  await sandbox.close();
});

const open = async () => {
  clock = new VirtualClock();
  sandbox = await cloudspend.sandbox({ clock, variant: 'rolling-lock' });
  // Virtual time passes while an answer is under way.
  const connector = connectTo(cloudspend, sandbox, { timeout: '10m' });
  const endpoint = { id: 'cloudspend', provider: 'cloudspend', title: 'CloudSpend', sandbox: false, connector };
  app = await startApp([], { clock, endpoints: [endpoint] });
};

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Moves time on, a second at a time, until the work is done. */
const inVirtualTime = async <Result>(work: Promise<Result>): Promise<Result> => {
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  while (!done) {
    await turns(20);
    await clock.advance(1_000);
  }
  return ended;
};

const answerSchema = z.object({ data: z.array(z.unknown()), meta: z.object({ complete: z.boolean() }) });
const ask = async (path: string) => {
  const { status, body } = await inVirtualTime(app.get(path));
  expect([200, 502, 503, 504]).toContain(status);
  return answerSchema.safeParse(body).data ?? { data: [], meta: { complete: false } };
};
/** Asks as a dashboard does that is opened again and again, and returns the first whole answer. */
const askUntilComplete = async (path: string, attemptsMax: number) => {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const answer = await ask(path);
    if (answer.meta.complete) return answer;
  }
  throw new Error(`no whole answer after ${attemptsMax} attempts`);
};
const lockOuts = () => sandbox.calls.filter(({ status }) => status === 400).length;
const sankeyRanges = () =>
  sandbox.calls
    .filter(({ path }) => path === '/cs/api/cost/sankey_chart_data')
    .map(({ query }) => new URLSearchParams(query).get('JSONString'));

test('a year by region and day is whole without one lock-out, and each day is asked for once', async () => {
  await open();
  const range = 'start=2025-11-22&end=2026-11-22';
  const answer = await askUntilComplete(`/v1/costs?${range}&groupBy=region&granularity=daily&limit=1000`, 100);
  expect(answer.data.length).toBe(1_000);
  expect(lockOuts()).toBe(0);
  const ranges = sankeyRanges();
  // One day is asked for a few times more, to find out where ranges end.
  expect(ranges.length).toBeLessThanOrEqual(365 + 3);
  expect(new Set(ranges).size).toBeGreaterThanOrEqual(365);
}, 120_000);

test('twelve months by region take a call a month', async () => {
  await open();
  const range = 'start=2025-12-01&end=2026-11-22&granularity=monthly';
  const { body } = await app.get(`/v1/costs?${range}&groupBy=region&limit=1000`);
  const answer = answerSchema.parse(body);
  expect(answer.meta.complete).toBe(true);
  expect(lockOuts()).toBe(0);
  expect(sankeyRanges().length).toBeLessThanOrEqual(12 + 3);
}, 120_000);

test('the first list of the anomalies of a month asks for no day by region', async () => {
  await open();
  const answer = answerSchema.parse((await app.get('/v1/anomalies?start=2026-10-01&end=2026-11-01&limit=1000')).body);
  expect(answer.meta.complete).toBe(true);
  expect(answer.data.length).toBeGreaterThan(0);
  expect(lockOuts()).toBe(0);
  expect(sankeyRanges().length).toBeLessThanOrEqual(3);
}, 120_000);
