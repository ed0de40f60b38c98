import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { App } from '../../src/app/app.ts';
import type { AppOptions } from '../../src/app/options.ts';
import { decimal, decimalText, sum } from '../../src/domain/decimal.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import { startApp } from '../support/app.ts';
import { askOver } from '../support/ask.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { ToyVendor } from '../support/toy-vendor.ts';
import { Receiver } from './receiver.ts';

let clock: HastyClock;
let store: Store;
let vendor: ToyVendor;
let receiver: Receiver;
let app: App;

const start = async (more: Partial<AppOptions> = {}): Promise<App> =>
  startApp([], {
    clock,
    store,
    endpoints: [
      { id: 'toy', provider: 'toy', title: 'Toy', sandbox: false, connector: vendor.connector },
      { id: 'receiver', provider: 'receiver', title: 'Receiver', sandbox: false, connector: receiver.connector },
    ],
    ...more,
  });

beforeEach(async () => {
  clock = new HastyClock();
  store = createMemoryStore(clock);
  vendor = new ToyVendor(clock, { name: 'toy', currencies: ['USD'] });
  receiver = new Receiver();
  app = await start();
});
afterEach(() => app.close());

const month = '2026-10';
const body = (more: object = {}) => ({ from: 'toy', month, connectionId: 'stream-1', ...more });
const send = (more: object = {}, headers: Record<string, string> = {}) =>
  askOver(app)('POST', '/v1/exports/anycost', body(more), headers);
const dataOf = (answer: { body: unknown }): Record<string, unknown> => Reflect.get(Object(answer.body), 'data');
const costOf = (rows: readonly Readonly<Record<string, string>>[]): string =>
  decimalText(sum(rows.map(({ cost = '0' }) => decimal(cost))));

/** What the cost engine says of the month. */
const totalOfMonth = async (): Promise<unknown> => {
  const answer = await askOver(app)('GET', '/v1/costs?provider=toy&start=2026-10-01&end=2026-11-01&granularity=total');
  return Reflect.get(Object(answer.body), 'totals');
};

describe('a month that is sent to another connection', () => {
  it('is the total of the cost engine to the last digit', async () => {
    const answer = await send();
    expect(answer.status).toBe(200);
    expect(dataOf(answer)).toMatchObject({
      state: 'done',
      done: 1,
      total: 1,
      requests: 1,
      dropIds: ['drop-1'],
      problem: null,
    });
    expect(dataOf(answer).totals).toEqual(await totalOfMonth());
    expect([{ amount: costOf(receiver.rows), currency: 'USD' }]).toEqual(await totalOfMonth());
    expect(receiver.taken[0]?.drop).toMatchObject({ stream: 'stream-1', month, operation: 'replace_drop' });
  });

  it('is checked by the receiver first, and not sent where that complains', async () => {
    receiver.complaints = ['row 3: cost/cost is negative'];
    const answer = await send();
    expect(answer.status).toBe(502);
    expect(answer.body).toMatchObject({
      type: '/problems/vendor-rejected',
      detail: expect.stringContaining('row 3: cost/cost'),
    });
    expect(receiver.taken).toEqual([]);
  });

  it('is shown and not sent with dryRun', async () => {
    const answer = await send({ dryRun: true });
    const rows = z.array(z.record(z.string(), z.string())).parse(dataOf(answer).rows);
    expect(dataOf(answer)).toMatchObject({
      month,
      operation: 'replace_drop',
      requests: 0,
      dropIds: [],
      rowCount: rows.length,
    });
    expect([{ amount: costOf(rows), currency: 'USD' }]).toEqual(await totalOfMonth());
    expect([receiver.checked, receiver.taken]).toEqual([[], []]);
  });

  it('is not sent where a part of it cannot be read', async () => {
    vendor.faults = [{ path: 'costs[3].cost', message: 'is not a number', day: '2026-10-04' }];
    const answer = await send();
    expect(answer.status).toBe(502);
    expect(answer.body).toMatchObject({ type: '/problems/vendor-incomplete' });
    expect(receiver.taken).toEqual([]);
  });

  it('is not sent in a currency that the receiver does not take', async () => {
    await app.close();
    vendor = new ToyVendor(clock, { name: 'euros', currencies: ['EUR'] });
    app = await start();
    const answer = await send();
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ detail: expect.stringContaining('amounts in EUR') });
  });

  it('is not sent as one request that the receiver would not read', async () => {
    receiver.requestBytesMax = 4_000;
    const answer = await send();
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      detail: expect.stringMatching(/takes \d+ bytes as one request.*reads 4000 bytes/),
    });
    expect(receiver.taken).toEqual([]);
  });

  it('is divided between days where each request replaces its hours only', async () => {
    receiver.requestBytesMax = 2_500;
    const answer = await send({ operation: 'replace_hourly' });
    expect(answer.status).toBe(200);
    expect(receiver.taken.length).toBeGreaterThan(2);
    const days = receiver.taken.map(
      ({ drop }) => new Set<string>(JSON.parse(drop.rowsJson).map((row: { day: string }) => row.day)),
    );
    expect(days.flatMap((each) => [...each])).toEqual([...new Set(days.flatMap((each) => [...each]))]);
    for (const { drop } of receiver.taken) expect(Buffer.byteLength(drop.rowsJson)).toBeLessThan(2_500);
    expect([{ amount: costOf(receiver.rows), currency: 'USD' }]).toEqual(await totalOfMonth());
  });

  it.each([
    ['body.from', { from: 'nobody' }],
    ['body.from', { from: 'receiver' }],
    ['body.to', { to: 'toy' }],
    ['body.month', { month: '2026-13' }],
    ['body.operation', { operation: 'append' }],
    ['body.connectionId', { connectionId: ' ' }],
  ])('is a 400 that names %s of %o', async (path, more) => {
    const answer = await send(more);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ path })]) });
  });
});

describe('a request to the receiver that fails', () => {
  it('is sent again under another key after a throttle, and counted once', async () => {
    receiver.faults.push({ kind: 'vendor-throttled', taken: false, retryAfterMs: 2_000 });
    const answer = await send();
    expect(answer.status).toBe(200);
    expect(receiver.taken).toHaveLength(1);
    expect(clock.slept).toContain(2_000);
  });

  it('is sent again under the same key where the receiver recognises it', async () => {
    receiver.requestBytesMax = 4_000;
    receiver.faults.push({ kind: 'vendor-timeout', taken: true });
    const answer = await send({ operation: 'sum' });
    expect(answer.status).toBe(200);
    expect([{ amount: costOf(receiver.rows), currency: 'USD' }]).toEqual(await totalOfMonth());
  });

  it('is sent again where that replaces the same rows', async () => {
    receiver.recognises = false;
    receiver.faults.push({ kind: 'vendor-timeout', taken: true });
    expect((await send()).status).toBe(200);
    expect(receiver.taken.map(({ drop }) => drop.rowsJson)).toEqual([
      receiver.taken[0]?.drop.rowsJson,
      receiver.taken[0]?.drop.rowsJson,
    ]);
  });

  it('is never sent again where rows could be counted twice', async () => {
    receiver.recognises = false;
    receiver.requestBytesMax = 4_000;
    receiver.faults.push({ kind: 'vendor-timeout', taken: true });
    const answer = await send({ operation: 'sum' });
    expect(answer.status).toBe(504);
    expect(answer.body).toMatchObject({ type: '/problems/outcome-unknown' });
    expect(receiver.taken).toHaveLength(1);
  });

  it('does not end the export while the receiver may be well again soon', async () => {
    const failing = [1, 2, 3];
    receiver.checks = async () => {
      if (failing.pop() !== undefined) throw new Failure('vendor-unavailable', { public: 'it does not answer' });
    };
    expect((await send()).status).toBe(200);
    expect([failing, receiver.taken.length]).toEqual([[], 1]);
  });

  it('ends the export where the receiver refuses it', async () => {
    receiver.faults.push({ kind: 'permission-missing', taken: false });
    const answer = await send();
    expect(answer.status).toBe(502);
    expect(answer.body).toMatchObject({ type: '/problems/permission-missing' });
  });
});

describe('a long export', () => {
  const path = (answer: { headers: Readonly<Record<string, unknown>> }): string => String(answer.headers.location);
  const open = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    receiver.gate = promise;
    return resolve;
  };
  const ended = async (id: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = dataOf(await askOver(app)('GET', id));
      if (found.state !== 'running') return found;
      await clock.advance(1_000);
    }
  };

  it('is a 202 whose progress can be read, and goes on', async () => {
    const release = open();
    const answer = await clock.during(send());
    expect(answer.status).toBe(202);
    expect(path(answer)).toMatch(/^\/v1\/exports\/[0-9a-f]{32}$/);
    expect(dataOf(answer)).toMatchObject({ state: 'running', done: 0 });
    release();
    expect(await ended(path(answer))).toMatchObject({ state: 'done', done: 1, total: 1 });
  });

  it('is the same export under its idempotency key, whatever became of it', async () => {
    const release = open();
    const first = await clock.during(send({}, { 'idempotency-key': 'october' }));
    const again = await clock.during(send({}, { 'idempotency-key': 'october' }));
    expect([again.status, path(again)]).toEqual([202, path(first)]);
    release();
    await ended(path(first));
    expect(receiver.taken).toHaveLength(1);
  });

  it('is taken up by another process, from the request that was not answered', async () => {
    receiver.requestBytesMax = 4_000;
    receiver.faults.push({ kind: 'vendor-throttled', taken: false, retryAfterMs: 1_000 });
    const release = open();
    const answer = await clock.during(send({ operation: 'sum' }));
    expect(answer.status).toBe(202);
    release();
    await app.close();
    await clock.advance(20_000);
    app = await start();
    app.services.deliveries.open();
    await clock.advance(20_000);
    expect(await ended(path(answer))).toMatchObject({ state: 'done' });
    expect([{ amount: costOf(receiver.rows), currency: 'USD' }]).toEqual(await totalOfMonth());
  });

  it('waits for another one into the same stream', async () => {
    const release = open();
    const first = await clock.during(send());
    const second = await clock.during(send({ operation: 'sum' }));
    expect(second.status).toBe(202);
    expect(receiver.taken).toEqual([]);
    release();
    await ended(path(first));
    await ended(path(second));
    expect(receiver.taken.map(({ drop }) => drop.operation)).toEqual(['replace_drop', 'sum']);
  });

  it('is a 404 for who may not see both connections, and for an id that nobody has', async () => {
    expect((await askOver(app)('GET', `/v1/exports/${'0'.repeat(32)}`)).status).toBe(404);
    const { headers } = await clock.during(send());
    expect(headers.location).toBeUndefined();
  });
});

describe('a daily export', () => {
  const daily = {
    from: 'toy',
    to: 'receiver',
    connectionId: 'stream-1',
    operation: 'replace_drop',
    atMinute: 300,
  } as const;

  it('sends this month and the one before, and only what has changed since', async () => {
    await app.close();
    app = await start({ exports: [daily] });
    app.services.exports.open();
    const sent = async (count: number): Promise<string[]> => {
      while (receiver.taken.length < count) await new Promise((resolve) => setImmediate(resolve));
      return receiver.taken.map(({ drop }) => drop.month).sort();
    };
    expect(await sent(2)).toEqual(['2026-10', '2026-11']);
    vendor.restate('2026-11-20', (rows) => rows.slice(1));
    await clock.advance(86_400_000);
    expect(await sent(3)).toEqual(['2026-10', '2026-11', '2026-11']);
    const jobs = (await store.keys('delivery/1/open/', 10)).length;
    expect(jobs).toBe(0);
  });
});

it('an export is not begun while it could not be kept', async () => {
  await app.close();
  const failing: Store = { ...store, compareAndSet: async () => Promise.reject(new Error('lost')) };
  app = await start({ protectingStore: failing });
  const answer = await clock.during(send());
  expect(answer.status).toBe(503);
  expect(receiver.taken).toEqual([]);
});
