import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/clock.ts';
import { openRoutes } from '../../../test/support/cloudzero-sandbox.ts';
import { documentedBurst, RecordRate } from './record-rate.ts';
import { telemetryRoutes } from './telemetry.ts';

const base = '/unit-cost/v1/telemetry';
const minute = 60_000;
const metric = (more: object = {}) => ({ timestamp: '2026-11-01', value: 5, ...more });
const split = (more: object = {}) => ({
  timestamp: '2026-11-01',
  granularity: 'DAILY',
  value: 5,
  element_name: 'Email',
  filter: {},
  ...more,
});
const records = (...list: object[]) => ({ records: list });

const openTelemetry = (variant: 'live' | 'published') =>
  openRoutes(variant, (clock) => telemetryRoutes(variant, clock));

const open = async () => {
  const { clock, send } = await openTelemetry('live');
  /** What is shown of a stream once all that was sent has been processed. */
  const held = async (name: string) => {
    await clock.advance(3 * 60 * minute);
    return (await send('GET', `${base}/${name}/records`)).json.records;
  };
  const status = async (path: string, ...list: object[]) =>
    (await send('POST', `${base}/${path}`, records(...list))).status;
  return { clock, send, held, status };
};

describe('streams of the live dialect', () => {
  test('a sum makes the stream, and adds to a record of the same time and filters to the last digit', async () => {
    const { held, status, send } = await open();
    const team = (name: string) => ({ associated_cost: { 'custom:Team': name } });
    expect(await status('metric/orders/sum', metric(team('A')), metric({ ...team('B'), value: 0.1 }))).toBe(200);
    expect(await status('metric/orders/sum', metric({ ...team('B'), value: 0.2 }))).toBe(200);
    expect(await status('metric/orders', metric({ ...team('B'), value: 1 }))).toBe(200);
    expect(await held('orders')).toEqual([
      { timestamp: '2026-11-01', granularity: 'DAILY', value: 1.3, ...team('B') },
      { timestamp: '2026-11-01', granularity: 'DAILY', value: 5, ...team('A') },
    ]);
    expect((await send('GET', `${base}/orders/records?limit=1`)).json.records).toHaveLength(1);
  });

  test('a replacement overwrites what matches and adds what does not', async () => {
    const { held, status } = await open();
    await status('allocation/split/sum', split(), split({ element_name: 'Chat' }));
    expect(await status('allocation/split/replace', split({ value: 7 }), split({ element_name: 'Video' }))).toBe(200);
    const found = await held('split');
    expect(Object.fromEntries(found.map((each: Record<string, unknown>) => [each.element_name, each.value]))).toEqual({
      Chat: 5,
      Email: 7,
      Video: 5,
    });
  });

  test('a deletion removes what has all that it names, and answers 201', async () => {
    const { held, status } = await open();
    const days = ['2026-11-01', '2026-11-02'].flatMap((timestamp) => [
      split({ timestamp }),
      split({ timestamp, element_name: 'Chat' }),
    ]);
    await status('allocation/split/sum', ...days);
    expect(
      await status(
        'allocation/split/delete',
        { timestamp: '2026-11-01', granularity: 'DAILY', element_name: 'Chat' },
        { timestamp: '2026-11-02T00:00:00Z', granularity: 'DAILY' },
      ),
    ).toBe(201);
    expect(await held('split')).toEqual([split()]);
  });

  test.each(['metric', 'allocation'])('a %s stream has to exist to be replaced or deleted from', async (kind) => {
    const { status } = await open();
    const record = kind === 'metric' ? metric() : split();
    const { value: _, ...deletion } = record;
    expect(await status(`${kind}/none/replace`, record)).toBe(400);
    expect(await status(`${kind}/none/delete`, deletion)).toBe(400);
  });

  test('a metric shows what was sent some minutes ago, and the processed records are hours behind', async () => {
    const { clock, send, status } = await open();
    await status('metric/orders/sum', metric());
    const shown = async (path: string) => (await send('GET', `${base}/${path}`)).json.records.length;
    expect([await shown('metric/orders'), await shown('orders/records')]).toEqual([0, 0]);
    await clock.advance(10 * minute);
    expect([await shown('metric/orders'), await shown('orders/records')]).toEqual([1, 0]);
    await clock.advance(180 * minute);
    expect([await shown('metric/orders'), await shown('orders/records')]).toEqual([1, 1]);
  });

  test('the name of a deleted stream cannot be used for some minutes, and its records are gone', async () => {
    const { clock, send, held, status } = await open();
    await status('metric/orders/sum', metric());
    expect((await send('DELETE', `${base}/orders`)).status).toBe(200);
    expect((await send('DELETE', `${base}/orders`)).status).toBe(400);
    expect(await status('metric/orders/sum', metric())).toBe(400);
    await clock.advance(10 * minute);
    expect(await status('metric/orders/sum', metric({ value: 2 }))).toBe(200);
    expect(await held('orders')).toEqual([{ ...metric({ value: 2 }), granularity: 'DAILY', associated_cost: {} }]);
  });

  test('all records have the filter keys and the granularity of the stream', async () => {
    const { status } = await open();
    const by = (key: string) => metric({ associated_cost: { [key]: 'x' } });
    expect(await status('metric/mixed/sum', by('Service'), by('Region'))).toBe(400);
    expect(await status('metric/orders/sum', by('Service'))).toBe(200);
    expect(await status('metric/orders/sum', by('Region'))).toBe(400);
    expect(await status('metric/orders/sum', { ...by('Service'), granularity: 'MONTHLY' })).toBe(400);
    expect(await status('metric/orders/delete', { timestamp: '2026-11-01' })).toBe(201);
  });

  test('a call is taken as a whole or not at all', async () => {
    const { held, status } = await open();
    await status('metric/orders/sum', metric());
    expect(await status('metric/orders/sum', metric(), metric({ value: 0 }))).toBe(400);
    expect(await held('orders')).toMatchObject([{ value: 5 }]);
  });
});

const filters = (count: number, values = 1) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`tag:t${at}`, Array.from({ length: values }, (__, value) => `${value}`)]),
  );

describe('what the live dialect takes', () => {
  test.each([
    ['a value of 15 digits', 'metric', metric({ value: 1234567890.12345 })],
    ['a value whose further digits are zeros', 'metric', metric({ value: 120000000000000000000 })],
    ['a timestamp with an offset', 'metric', metric({ timestamp: '2026-11-01T02:00:00+02:00' })],
    ['a timestamp without an offset', 'allocation', split({ timestamp: '2026-11-01T10:00', granularity: 'HOURLY' })],
    ['5 filters of 20 values', 'allocation', split({ filter: filters(5, 20) })],
    ['a record without a filter', 'allocation', split({ filter: undefined })],
    ['an id in place of a display name', 'metric', metric({ associated_cost: { 'User:Defined:Product': 'Checkout' } })],
  ])('%s', async (_, kind, record) => {
    const { status } = await open();
    expect(await status(`${kind}/orders/sum`, record)).toBe(200);
  });

  test.each([
    ['a value of 0', 'metric', metric({ value: 0 })],
    ['a value below 0', 'metric', metric({ value: -1 })],
    ['a value as text', 'metric', metric({ value: '5' })],
    ['no value', 'metric', metric({ value: undefined })],
    ['a day that does not exist', 'metric', metric({ timestamp: '2026-02-30' })],
    ['a timestamp in another notation', 'metric', metric({ timestamp: '01.11.2026' })],
    ['a timestamp too far ahead', 'metric', metric({ timestamp: '2026-12-24' })],
    ['no timestamp', 'metric', metric({ timestamp: undefined })],
    ['hours in a metric', 'metric', metric({ granularity: 'HOURLY' })],
    ['a list of texts in a metric', 'metric', metric({ associated_cost: { Service: ['a'] } })],
    ['an unknown filter key', 'metric', metric({ associated_cost: { 'Engineering Team': 'a' } })],
    ['6 filters', 'allocation', split({ filter: filters(6) })],
    ['21 values of a filter', 'allocation', split({ filter: filters(1, 21) })],
    ['an allocation without its element', 'allocation', split({ element_name: undefined })],
    ['an allocation without its granularity', 'allocation', split({ granularity: undefined })],
    ['an allocation of years', 'allocation', split({ granularity: 'YEARLY' })],
  ])('is not %s', async (_, kind, record) => {
    const { status } = await open();
    expect(await status(`${kind}/orders/sum`, record)).toBe(400);
  });

  test('is not a value of 16 digits, a value in a deletion, a name with a space, or what is no list of records', async () => {
    const { send, status } = await open();
    const wide = '{"records":[{"timestamp":"2026-11-01","value":0.1234567890123456}]}';
    expect((await send('POST', `${base}/metric/orders/sum`, wide)).status).toBe(400);
    expect(await status('metric/orders/sum', metric())).toBe(200);
    expect(await status('metric/orders/delete', metric())).toBe(400);
    expect(await status('metric/two%20words/sum', metric())).toBe(400);
    for (const body of ['{', '[]', '{}', '{"records":{}}', '{"records":[5]}']) {
      expect((await send('POST', `${base}/metric/orders/sum`, body)).status, body).toBe(400);
    }
  });
});

test('more than 5 MB is a 413 with a message', async () => {
  const { send } = await openTelemetry('live');
  const answer = await send('POST', `${base}/metric/orders/sum`, ' '.repeat(5_000_001));
  expect(answer).toEqual({ status: 413, json: { message: expect.any(String) } });
});

describe('a rate of records', () => {
  test('is a day of them at once, and a hundred a second after that', async () => {
    const clock = new VirtualClock();
    const rate = new RecordRate(clock, documentedBurst);
    expect([rate.take(8_640_000), rate.take(1)]).toEqual([true, false]);
    await clock.advance(1000);
    expect([rate.take(101), rate.take(100), rate.take(1)]).toEqual([false, true, false]);
  });

  test.each([
    ['live', `${base}/metric/orders/sum`, { timestamp: '2026-11-01', value: 1 }, 200, 503],
    [
      'published',
      '/v1/telemetry/orders/records',
      { timestamp: '2026-11-01T00:00:00Z', value: 1, granularity: 'DAILY' },
      202,
      429,
    ],
  ] as const)(
    'is refused beyond that in the %s dialect, and nothing is taken',
    async (variant, path, record, ok, refused) => {
      const { clock: time, send } = await openRoutes(variant, (each) => telemetryRoutes(variant, each, 3));
      expect((await send('POST', path, records(record, record, record, record))).status).toBe(refused);
      expect((await send('POST', path, records(record, record, record))).status).toBe(ok);
      expect((await send('POST', path, records(record))).status).toBe(refused);
      await time.advance(10);
      expect((await send('POST', path, records(record))).status).toBe(ok);
    },
  );
});

describe('the published dialect', () => {
  const at = { timestamp: '2026-11-01T00:00:00Z', granularity: 'DAILY' };

  test('has records of a metric, a deletion of one time, and a deletion of the stream', async () => {
    const { send } = await openTelemetry('published');
    const path = '/v1/telemetry/orders/records';
    const good = { ...at, value: 5, filter: { Team: 'A' } };
    expect((await send('POST', path, records(good))).status).toBe(202);
    for (const bad of [
      { ...good, granularity: undefined },
      { ...good, timestamp: '2026-11-01' },
      { ...good, filter: { Team: ['A'] } },
      { ...good, value: 0 },
    ]) {
      expect((await send('POST', path, records(bad))).status, JSON.stringify(bad)).toBe(400);
    }
    expect((await send('DELETE', path, { timestamp: at.timestamp })).status).toBe(200);
    expect((await send('DELETE', path, {})).status).toBe(400);
    expect((await send('DELETE', '/v1/telemetry/other/records', { timestamp: at.timestamp })).status).toBe(400);
    expect((await send('DELETE', '/v1/telemetry/orders')).status).toBe(204);
    expect((await send('DELETE', '/v1/telemetry/orders')).status).toBe(404);
  });

  test('has an element of several keys for an allocation', async () => {
    const { send } = await openTelemetry('published');
    const path = '/v1/telemetry/allocation/split';
    const record = { ...at, value: 5, element: { Product: 'Email' } };
    expect((await send('POST', `${path}/replace`, records(record))).status).toBe(400);
    expect((await send('POST', `${path}/sum`, records(record, { ...at, value: 1 }))).status).toBe(202);
    expect((await send('POST', `${path}/replace`, records(record))).status).toBe(202);
    expect((await send('POST', `${path}/sum`, records({ ...record, element: 'Email' }))).status).toBe(400);
    expect((await send('POST', `${path}/delete`, { timestamp: at.timestamp })).status).toBe(400);
    expect((await send('POST', `${path}/delete`, at)).status).toBe(200);
    expect((await send('POST', `${path}/sum`, ' '.repeat(5_000_001))).status).toBe(400);
  });
});
