import { describe, expect, test } from 'vitest';
import { takeTurns } from '../../../src/domain/turns.ts';
import type { AllocationRecord, TelemetryBatch, UnitMetricRecord } from '../../../src/vendor/kit/index.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import type { DialectSetting } from '../dialect.ts';
import { telemetryFaults } from './faults.ts';

const faultsOf = (batch: TelemetryBatch, setting: DialectSetting = 'auto') =>
  telemetryFaults(batch, setting, takeTurns(new VirtualClock()));
const pathsOf = async (batch: TelemetryBatch, setting: DialectSetting = 'auto') =>
  (await faultsOf(batch, setting)).map(({ path }) => path);

type Operation = TelemetryBatch['operation'];
const metric = (more: Partial<UnitMetricRecord> = {}): UnitMetricRecord => ({
  timestamp: '2026-09-01',
  value: '5',
  ...more,
});
const share = (more: Partial<AllocationRecord> = {}): AllocationRecord => ({
  timestamp: '2026-09-01',
  granularity: 'DAILY',
  value: '5',
  elementName: 'Email',
  ...more,
});
const metrics = (
  records: readonly UnitMetricRecord[],
  operation: Operation = 'sum',
  stream = 'orders',
): TelemetryBatch => ({
  kind: 'unit-metric',
  stream,
  operation,
  records,
});
const shares = (records: readonly AllocationRecord[], operation: Operation = 'sum'): TelemetryBatch => ({
  kind: 'allocation',
  stream: 'split',
  operation,
  records,
});
const keys = (count: number, values: readonly string[]) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`tag:t${at}`, values]));

describe('what the vendor takes', () => {
  test.each([
    ['the guide’s unit metric', metrics([metric({ associatedCost: { 'custom:Engineering Team': 'Leonardo' } })])],
    ['the guide’s allocation', shares([share({ value: '100045' }), share({ value: '1000600', elementName: 'Chat' })])],
    ['15 digits', metrics([metric({ value: '1234567890.12345' })])],
    ['15 digits and zeros behind them', metrics([metric({ value: '12345678901234500.000' })])],
    ['a value far below 1', metrics([metric({ value: '0.000000123456789012345' })])],
    ['5 keys of 20 values', shares([share({ filter: keys(5, new Array(20).fill('x')) })])],
    ['a time with an offset', metrics([metric({ timestamp: '2026-09-01T10:00:00+05:30' })])],
    ['a deletion by time', metrics([{ timestamp: '2026-09-01' }], 'delete')],
    ['a deletion of all elements', shares([{ timestamp: '2026-09-01', granularity: 'DAILY' }], 'delete')],
  ])('%s has no fault', async (_, batch) => {
    expect(await faultsOf(batch)).toEqual([]);
  });
});

describe('what the vendor would refuse', () => {
  const wrong = (record: Partial<UnitMetricRecord>, operation: Operation = 'sum') =>
    metrics([metric(), metric(), metric(), metric(record)], operation);

  test.each([
    ['a value of 0', wrong({ value: '0' }), 'value'],
    ['a negative value', wrong({ value: '-1' }), 'value'],
    ['no value', wrong({ value: undefined }), 'value'],
    ['a value that is no number', wrong({ value: '1,000' }), 'value'],
    ['16 digits', wrong({ value: '1234567890.123456' }), 'value'],
    ['a day that does not exist', wrong({ timestamp: '2026-02-30' }), 'timestamp'],
    ['a time that does not exist', wrong({ timestamp: '2026-02-03T25:00:00Z' }), 'timestamp'],
    ['another notation of a day', wrong({ timestamp: '01/09/2026' }), 'timestamp'],
    ['another granularity than the first record', wrong({ granularity: 'MONTHLY' }), 'granularity'],
    ['other keys than the first record', wrong({ associatedCost: { Service: 'x' } }), 'associatedCost'],
  ])('%s is a fault of its record and member', async (_, batch, member) => {
    expect(await pathsOf(batch)).toEqual([`records[3].${member}`]);
  });

  test.each([
    ['an allocation without its element', share({ elementName: undefined }), 'elementName'],
    ['an allocation of an empty element', share({ elementName: '' }), 'elementName'],
    ['an allocation without its granularity', share({ granularity: undefined }), 'granularity'],
    ['6 keys', share({ filter: keys(6, ['x']) }), 'filter'],
    ['21 values of a key', share({ filter: keys(1, new Array(21).fill('x')) }), 'filter.tag:t0'],
    ['a key without a name', share({ filter: { '': ['x'] } }), 'filter.'],
  ])('%s is a fault of its member', async (_, record, member) => {
    expect(await pathsOf(shares([record]))).toEqual([`records[0].${member}`]);
  });

  test.each(['Tag:Team', 'User:Defined:Product', 'CZ:Defined:ServiceDetail', 'CZ:Service'])(
    'the id %s in place of a name, which is taken and allocates nothing',
    async (key) => {
      const [fault, ...more] = await faultsOf(metrics([metric({ associatedCost: { [key]: 'x' } })]));
      expect([fault?.path, more]).toEqual([`records[0].associatedCost.${key}`, []]);
      expect(fault?.message).toContain('custom:');
    },
  );

  test('a value in a deletion', async () => {
    expect(await pathsOf(metrics([metric()], 'delete'))).toEqual(['records[0].value']);
  });

  test('hours in a unit metric, but where only the published dialect is spoken', async () => {
    const batch = metrics([metric({ granularity: 'HOURLY' })]);
    expect(await pathsOf(batch)).toEqual(['records[0].granularity']);
    expect(await pathsOf(batch, 'published')).toEqual([]);
  });

  test.each(['', 'two words', 'a/b', 'ü', 'x'.repeat(257)])('the name %j of a stream', async (stream) => {
    expect(await pathsOf(metrics([metric()], 'sum', stream))).toEqual(['stream']);
  });

  test('a call without records', async () => {
    expect(await pathsOf(metrics([]))).toEqual(['records']);
  });

  test('more than 5 MB in either dialect, which has longer times in one of them', async () => {
    const long = (bytes: number) => metrics([metric({ associatedCost: { Service: 'x'.repeat(bytes) } })]);
    const rest = Buffer.byteLength(
      JSON.stringify({
        records: [{ timestamp: '2026-09-01T00:00:00Z', granularity: 'DAILY', value: 5, filter: { Service: '' } }],
      }),
    );
    expect(await pathsOf(long(5_000_000 - rest))).toEqual([]);
    expect(await pathsOf(long(5_000_001 - rest))).toEqual(['records']);
  });

  test('hundreds of faults are told up to a hundred', async () => {
    expect(await faultsOf(metrics(new Array(500).fill(metric({ value: '0' }))))).toHaveLength(100);
  });
});
