import { describe, expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';
import { metricQuantities } from './normalise.ts';

const open = async (variant: 'live' | 'published') => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant });
  onTestFinished(() => sandbox.close());
  const connector = connectTo(cloudzero, sandbox);
  const session = plainSession(connector, clock);
  const { telemetry, unitMetrics } = connector.capabilities;
  return {
    sandbox,
    clock,
    send: async (...values: (readonly [timestamp: string, value: string])[]) => {
      const records = values.map(([timestamp, value]) => ({ timestamp, value }));
      await telemetry?.send.send(session, { kind: 'unit-metric', operation: 'sum', stream: 'orders', records }, 'key');
    },
    read: async () => unitMetrics?.read(session, 'orders'),
  };
};

describe('a stream of unit metrics', () => {
  test('is read back day by day, once the vendor shows it', async () => {
    const { send, clock, read } = await open('live');
    await send(['2026-09-01', '2717'], ['2026-09-02T23:30:00-02:00', '0.1234567890123']);
    await send(['2026-09-01', '3']);
    await clock.advance(6 * 60_000);
    const { items = [], faults } = (await read()) ?? {};
    expect(faults).toEqual([]);
    expect(items.toSorted((left, right) => (left.start < right.start ? -1 : 1))).toEqual([
      { start: '2026-09-01', end: '2026-09-02', value: '2720' },
      { start: '2026-09-03', end: '2026-09-04', value: '0.1234567890123' },
    ]);
  });

  test('that does not exist counts nothing', async () => {
    expect(await (await open('live')).read()).toEqual({ items: [], notes: [], faults: [] });
  });

  test('cannot be read in the published dialect, which takes no call for it', async () => {
    const { read, sandbox } = await open('published');
    await expect(read()).rejects.toMatchObject({ kind: 'capability-unsupported' });
    expect(sandbox.calls.filter(({ path }) => path.includes('telemetry'))).toEqual([]);
  });

  test.each([
    ['a list', (records: unknown[]) => records],
    ['a list under its name', (records: unknown[]) => ({ records })],
  ])('is read from %s; what does not fit is a fault', (_what, answer) => {
    const record = { timestamp: '2026-10-31', value: 1 };
    const bad = [
      { ...record, value: 'many' },
      { ...record, timestamp: '2026-02-30' },
      { ...record, granularity: 'HOURLY' },
    ];
    const { items, faults } = metricQuantities(answer([{ ...record, granularity: 'MONTHLY' }, ...bad]), 'orders');
    expect(items).toEqual([{ start: '2026-10-01', end: '2026-11-01', value: '1' }]);
    expect(faults.map(({ path }) => path)).toEqual([
      'unit metric orders records[1].value',
      'unit metric orders records[2].timestamp',
      'unit metric orders records[3].granularity',
    ]);
  });

  test('of as many records as are shown at most may lack others', () => {
    const records = Array.from({ length: 1000 }, () => ({ timestamp: '2026-10-31', value: '1' }));
    expect(metricQuantities({ records }, 'orders').faults).toMatchObject([{ path: 'unit metric orders' }]);
    expect(metricQuantities({ records: records.slice(1) }, 'orders').faults).toEqual([]);
  });

  test('is no other answer', () => {
    for (const json of [{}, null, { records: {} }]) expect(() => metricQuantities(json, 'orders')).toThrow('orders');
  });
});
