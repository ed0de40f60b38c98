import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure, type FailureKind } from '../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/store.ts';
import type { TelemetryBatch, TelemetrySink } from '../../src/vendor/contract/contract.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { askOver } from '../support/ask.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { severable } from '../support/severed-store.ts';
import { ToyVendor } from '../support/toy-vendor.ts';

/** Telemetry over a vendor inside the process that remembers what it took, and a virtual clock. */

interface Fault {
  readonly kind: FailureKind;
  readonly taken: boolean;
  readonly retryAfterMs?: number;
}

let clock: HastyClock;
let store: Store;
let app: RunningApp;
let taken: TelemetryBatch[];
let removed: string[];
let faults: Fault[];
let gate: Promise<void>;
let sentAt: number[];

const sink: TelemetrySink = {
  kinds: ['unit-metric', 'allocation'],
  limits: { bytesMax: 5_000_000, recordsPerSecond: 10 },
  faultsOf: async ({ records }) =>
    [...records].flatMap(({ value }, index) =>
      value === '0' ? [{ path: `records[${index}].value`, message: 'must be above 0' }] : [],
    ),
  repeatable: ['replace', 'delete'],
  send: {
    deduplicates: false,
    send: async (_session, batch) => {
      await gate;
      sentAt.push(clock.monotonic());
      const fault = faults.shift();
      if (fault === undefined || fault.taken) taken.push(batch);
      if (fault === undefined) return null;
      const { kind, retryAfterMs } = fault;
      throw new Failure(kind, { public: kind, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    },
  },
  remove: {
    deduplicates: false,
    send: async (_session, { stream }) => {
      removed.push(stream);
      return null;
    },
  },
};

const start = async (own: Store = store): Promise<RunningApp> => {
  const vendor = new ToyVendor(clock, { name: 'toy', capabilities: { telemetry: sink } });
  const endpoint = { id: 'toy', provider: 'toy', title: 'Toy', sandbox: false, connector: vendor.connector };
  return startApp([], { clock, store: own, endpoints: [endpoint] });
};

beforeEach(async () => {
  clock = new HastyClock();
  store = createMemoryStore(clock);
  [taken, removed, faults, sentAt] = [[], [], [], []];
  gate = Promise.resolve();
  app = await start();
});
afterEach(() => app.close());

const record = (index: number, more: object = {}) => ({ timestamp: '2026-09-01', value: `${index + 1}`, ...more });
const records = (count: number) => Array.from({ length: count }, (_, index) => record(index));
const send = (body: object, headers: Record<string, string> = {}, path = 'unit-metrics/orders') =>
  askOver(app)('POST', `/v1/telemetry/${path}`, { operation: 'sum', ...body }, headers);
const dataOf = (answer: { body: unknown }): Record<string, unknown> => Reflect.get(Object(answer.body), 'data');
const valuesTaken = (): string[] => taken.flatMap((batch) => [...batch.records].map(({ value = '' }) => value));
const valuesOf = (count: number): string[] => records(count).map(({ value }) => value);

describe('records of a unit metric', () => {
  it('are sent in requests of what the vendor takes in a second, one a second', async () => {
    const answer = await send({ records: records(25) });
    expect(answer.status).toBe(200);
    expect(dataOf(answer)).toMatchObject({
      state: 'done',
      done: 3,
      total: 3,
      records: 25,
      unknown: [],
      kind: 'unit-metric',
    });
    expect(valuesTaken()).toEqual(valuesOf(25));
    expect(taken[0]).toMatchObject({ kind: 'unit-metric', stream: 'orders', operation: 'sum' });
    expect((sentAt[1] ?? 0) - (sentAt[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('go in requests of one filter shape each', async () => {
    const team = { associatedCost: { 'custom:Team': 'a' } };
    await send({ records: [record(0), record(1, team), record(2), record(3, team)] });
    expect(taken.map((batch) => batch.records.length)).toEqual([2, 2]);
    expect(taken.map((batch) => new Set([...batch.records].map((each) => 'associatedCost' in each)).size)).toEqual([
      1, 1,
    ]);
  });

  it('are all checked before the first is sent', async () => {
    const answer = await send({ records: [...records(12), record(12, { value: '0' })] });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ path: 'body.records[12].value', message: 'must be above 0' }] });
    expect(taken).toEqual([]);
  });

  it('are the same delivery under an idempotency key', async () => {
    const [first, second] = [
      await send({ records: records(3) }, { 'idempotency-key': 'k' }),
      await send({ records: records(3) }, { 'idempotency-key': 'k' }),
    ];
    expect(dataOf(second).id).toBe(dataOf(first).id);
    expect(valuesTaken()).toEqual(valuesOf(3));
  });

  it('wait where the vendor asks for time, and go on', async () => {
    faults.push({ kind: 'vendor-throttled', taken: false, retryAfterMs: 3_000 });
    expect((await send({ records: records(12) })).status).toBe(200);
    expect(valuesTaken()).toEqual(valuesOf(12));
    expect(clock.slept).toContain(3_000);
  });

  it('are named where they may or may not have arrived, and the others are sent', async () => {
    faults.push({ kind: 'vendor-timeout', taken: true });
    const answer = await send({ records: records(25) });
    expect(dataOf(answer)).toMatchObject({ state: 'done', unknown: [{ first: 0, last: 9 }] });
    expect(valuesTaken()).toEqual(valuesOf(25));
  });

  it('are sent again where that comes to the same', async () => {
    faults.push({ kind: 'vendor-timeout', taken: true });
    const answer = await send({ operation: 'replace', records: records(5) });
    expect(dataOf(answer)).toMatchObject({ state: 'done', unknown: [] });
    expect(taken).toHaveLength(2);
  });

  it('end where the vendor refuses them', async () => {
    faults.push({ kind: 'vendor-rejected', taken: false });
    const answer = await send({ records: records(25) });
    expect(answer.status).toBe(502);
    expect(taken).toEqual([]);
  });

  it('go on in another process, without the request that was under way when theirs ended', async () => {
    await app.close();
    const line = severable(store);
    app = await start(line.store);
    gate = new Promise(() => {});
    const answer = await clock.during(send({ records: records(25) }));
    expect(answer.status).toBe(202);
    const path = String(answer.headers.location);
    expect(path).toMatch(/^\/v1\/telemetry\/deliveries\/[0-9a-f]{32}$/);
    line.sever();
    gate = Promise.resolve();
    app = await start();
    // The claim of the process that has ended is given up first.
    await clock.advance(20_000);
    app.services.deliveries.open();
    const ended = async (): Promise<Record<string, unknown>> => {
      const found = dataOf(await askOver(app)('GET', path));
      if (found.state !== 'running') return found;
      await clock.advance(1_000);
      return ended();
    };
    expect(await ended()).toMatchObject({ state: 'done', unknown: [{ first: 0, last: 9 }] });
    expect(valuesTaken()).toEqual(valuesOf(25).slice(10));
  });
});

it('a process that ends waits for the answer to what it has sent, and leaves the rest to the next', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const answer = await clock.during(send({ records: records(25) }));
  const closed = app.close();
  resolve();
  await closed;
  expect(valuesTaken()).toEqual(valuesOf(10));
  app = await start();
  app.services.deliveries.open();
  for (;;) {
    const found = dataOf(await askOver(app)('GET', String(answer.headers.location)));
    if (found.state !== 'running') {
      expect(found).toMatchObject({ state: 'done', unknown: [] });
      break;
    }
    await clock.advance(1_000);
  }
  expect(valuesTaken()).toEqual(valuesOf(25));
});

it('records of an allocation have their own members', async () => {
  const body = {
    operation: 'replace',
    records: [record(0, { granularity: 'DAILY', elementName: 'Email', filter: { Service: ['a'] } })],
  };
  const answer = await send(body, {}, 'allocations/split');
  expect(answer.status).toBe(200);
  expect(taken).toEqual([{ kind: 'allocation', stream: 'split', ...body }]);
  expect((await send({ records: [record(0, { elementName: 'x' })] })).status).toBe(400);
});

it('a stream is removed once', async () => {
  const answer = await askOver(app)('DELETE', '/v1/telemetry/unit-metrics/orders');
  expect([answer.status, removed]).toEqual([204, ['orders']]);
});

it('no delivery is found under an id that nobody has', async () => {
  expect((await askOver(app)('GET', `/v1/telemetry/deliveries/${'0'.repeat(32)}`)).status).toBe(404);
});
