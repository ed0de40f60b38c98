import { describe, expect, onTestFinished, test } from 'vitest';
import { Failure, type TelemetryBatch, type TelemetryStream } from '../../../src/vendor/kit/index.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { sendTo } from '../../../test/support/cloudzero-sandbox.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const open = async (variant: 'live' | 'published', settings: Record<string, string> = {}) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant });
  onTestFinished(() => sandbox.close());
  const connector = connectTo(cloudzero, sandbox, settings);
  const session = plainSession(connector, clock);
  const { telemetry } = connector.capabilities;
  if (telemetry === undefined) throw new TypeError('there is no telemetry');
  const send = sendTo(sandbox);
  return {
    sandbox,
    send: (batch: TelemetryBatch) => telemetry.send.send(session, batch, 'key'),
    remove: (stream: TelemetryStream) => telemetry.remove?.send(session, stream, 'key'),
    paths: () => sandbox.calls.map(({ method, path, status }) => `${method} ${path} ${status}`),
    /** What the vendor shows of a stream, once all has been processed. */
    held: async (stream: string) => {
      await clock.advance(3 * 3_600_000);
      return (await send('GET', `/unit-cost/v1/telemetry/${stream}/records`)).json.records;
    },
  };
};

const orders = (operation: TelemetryBatch['operation'], ...records: object[]): TelemetryBatch => ({
  kind: 'unit-metric',
  stream: 'orders',
  operation,
  records: records.map((each) => ({ timestamp: '2026-09-01', ...each })),
});
const split = (operation: TelemetryBatch['operation'], ...records: object[]): TelemetryBatch => ({
  kind: 'allocation',
  stream: 'split',
  operation,
  records: records.map((each) => ({ timestamp: '2026-09-01', granularity: 'DAILY', ...each })),
});
const kindOf = async (work: Promise<unknown> | undefined) => {
  try {
    await work;
    return 'done';
  } catch (thrown) {
    return thrown instanceof Failure ? [thrown.kind, thrown.details.effect ?? 'unknown'] : thrown;
  }
};

describe('in the live dialect', () => {
  test('the records of a unit metric arrive as they were given, and are added, replaced and deleted', async () => {
    const { send, held } = await open('live');
    const team = { associatedCost: { 'custom:Engineering Team': 'Leonardo' } };
    await send(
      orders(
        'sum',
        { value: '2717', ...team },
        { value: '0.1234567890123', timestamp: '2026-09-02T02:00:00+02:00', ...team },
      ),
    );
    await send(orders('sum', { value: '3', ...team }));
    const shown = { granularity: 'DAILY', associated_cost: team.associatedCost };
    expect(await held('orders')).toEqual([
      { timestamp: '2026-09-01', value: 2720, ...shown },
      { timestamp: '2026-09-02T00:00:00Z', value: 0.1234567890123, ...shown },
    ]);
    await send(orders('replace', { value: '1', ...team }));
    await send(orders('delete', { timestamp: '2026-09-02' }));
    expect(await held('orders')).toEqual([{ timestamp: '2026-09-01', value: 1, ...shown }]);
  });

  test('the records of an allocation have their element, granularity and filter, which may be empty', async () => {
    const { send, held } = await open('live');
    await send(split('sum', { value: '5', elementName: 'Email' }, { value: '7', elementName: 'Chat', filter: {} }));
    await send(split('replace', { value: '9', elementName: 'Chat' }));
    await send(split('delete', { elementName: 'Email' }));
    expect(await held('split')).toEqual([
      { timestamp: '2026-09-01', granularity: 'DAILY', value: 9, element_name: 'Chat', filter: {} },
    ]);
  });

  test('a stream is removed, and one that is not there is not found', async () => {
    const { send, remove, held } = await open('live');
    await send(orders('sum', { value: '5' }));
    await remove({ kind: 'unit-metric', stream: 'orders' });
    expect(await held('orders')).toEqual([]);
    expect(await kindOf(remove({ kind: 'unit-metric', stream: 'orders' }))).toEqual(['vendor-not-found', 'unknown']);
    expect(await kindOf(send(orders('replace', { value: '5' })))).toEqual(['vendor-rejected', 'unknown']);
  });

  test.each([429, 503])('a %i is a throttle of this operation alone', async (status) => {
    const { send, sandbox } = await open('live');
    await send(orders('sum', { value: '5' }));
    sandbox.faults.set([{ kind: 'status', status }]);
    await expect(send(orders('sum', { value: '5' }))).rejects.toMatchObject({
      kind: 'vendor-throttled',
      details: { pauses: 'operation' },
    });
  });

  test('the dialect is found out by free calls before anything is written', async () => {
    const { send, paths } = await open('live', { dialect: 'auto' });
    await send(orders('sum', { value: '5' }));
    expect(paths()).toEqual(['GET /v2/billing/dimensions 200', 'POST /unit-cost/v1/telemetry/metric/orders/sum 200']);
  });
});

describe('in the published dialect', () => {
  test('each kind has its own path, times in full, and a granularity', async () => {
    const { send, remove, paths } = await open('published', { dialect: 'published' });
    await send(orders('sum', { value: '5', associatedCost: { 'custom:Team': 'Leonardo' } }));
    await send(orders('delete', {}));
    await remove({ kind: 'unit-metric', stream: 'orders' });
    await send(split('sum', { value: '5', elementName: 'Email', filter: {} }));
    await send(split('replace', { value: '5', elementName: 'Email' }));
    await send(split('delete', {}));
    expect(paths()).toEqual([
      'POST /v1/telemetry/orders/records 202',
      'DELETE /v1/telemetry/orders/records 200',
      'DELETE /v1/telemetry/orders 204',
      'POST /v1/telemetry/allocation/split/sum 202',
      'POST /v1/telemetry/allocation/split/replace 202',
      'POST /v1/telemetry/allocation/split/delete 200',
    ]);
  });

  test.each([
    ['replacing in a unit metric', orders('replace', { value: '5' })],
    ['deleting two times at once', orders('delete', {}, { timestamp: '2026-09-02' })],
    ['deleting by what a record is about', orders('delete', { associatedCost: { Service: 'x' } })],
    ['deleting one element', split('delete', { elementName: 'Email' })],
    ['a filter of an allocation', split('sum', { value: '5', elementName: 'Email', filter: { Service: ['x'] } })],
  ])('%s is refused before anything is sent', async (_, batch) => {
    const { send, paths } = await open('published');
    expect(await kindOf(send(batch))).toEqual(['capability-unsupported', 'never']);
    expect(paths()).toEqual(['GET /v2/billing/dimensions 200']);
  });

  test('a stream of allocations cannot be removed', async () => {
    const { remove } = await open('published');
    expect(await kindOf(remove({ kind: 'allocation', stream: 'split' }))).toEqual(['capability-unsupported', 'never']);
  });
});

test('where the key may not list dimensions, a page of insights tells the dialect', async () => {
  const { send, sandbox, paths } = await open('published');
  sandbox.faults.set([{ kind: 'status', status: 403, path: '/v2/billing/dimensions' }]);
  await send(orders('sum', { value: '5' }));
  expect(paths().at(-1)).toBe('POST /v1/telemetry/orders/records 202');
  expect(paths().filter((each) => each.startsWith('POST'))).toHaveLength(1);
});

test('no write of telemetry is protected by the vendor, but what replaces or deletes comes to the same twice', async () => {
  const connected = cloudzero.connect({ apiKey: 'k' });
  expect(connected.ok && connected.connector.capabilities.telemetry).toMatchObject({
    send: { deduplicates: false },
    remove: { deduplicates: false },
    repeatable: ['replace', 'delete'],
    limits: { bytesMax: 5_000_000, recordsPerSecond: 100 },
  });
});
