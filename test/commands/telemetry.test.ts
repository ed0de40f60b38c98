import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readRecords } from '../../commands/telemetry/read-records.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import type { TelemetryKind } from '../../src/domain/telemetry.ts';
import { startCommand } from '../support/command.ts';
import { startVendor, type Vendor } from '../support/vendor-line.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'telemetry-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const written = async (name: string, text: string): Promise<string> => {
  const file = join(directory, name);
  await writeFile(file, text);
  return file;
};
const read = async (name: string, text: string, kind: TelemetryKind = 'unit-metric') =>
  Array.fromAsync(readRecords(await written(name, text), kind));

describe('records of a file', () => {
  it('stand on the lines of NDJSON, empty ones left out', async () => {
    const text =
      '{"timestamp":"2026-09-01","value":"5"}\n\n{"timestamp":"2026-09-02","value":"6","associatedCost":{"Service":"a"}}\n';
    expect(await read('a.ndjson', text)).toEqual([
      { place: 1, record: { timestamp: '2026-09-01', value: '5' } },
      { place: 3, record: { timestamp: '2026-09-02', value: '6', associatedCost: { Service: 'a' } } },
    ]);
  });

  it('stand in the rows of CSV, whose other columns are filters', async () => {
    const text = '\uFEFFtimestamp,value,custom:Team\r\n2026-09-01,5,"Leo, and ""others"""\r\n2026-09-02,6,\r\n';
    expect((await read('a.csv', text)).map(({ record }) => record)).toEqual([
      { timestamp: '2026-09-01', value: '5', associatedCost: { 'custom:Team': 'Leo, and "others"' } },
      { timestamp: '2026-09-02', value: '6' },
    ]);
  });

  it('have several values of a filter in one column of an allocation', async () => {
    const text = 'timestamp,granularity,value,elementName,Service\n2026-09-01,DAILY,5,Email,a;b\n';
    expect((await read('b.csv', text, 'allocation')).map(({ record }) => record)).toEqual([
      {
        timestamp: '2026-09-01',
        granularity: 'DAILY',
        value: '5',
        elementName: 'Email',
        filter: { Service: ['a', 'b'] },
      },
    ]);
  });

  it.each([
    ['c.ndjson', '{"timestamp":"2026-09-01","value":"5"}\n{"timestamp"', 'line 2 is not JSON'],
    ['d.ndjson', '{"timestamp":"2026-09-01","value":5}\n', 'line 1 value'],
    ['e.csv', 'timestamp,value\n2026-09-01,5\n2026-09-02\n', 'line 3'],
  ])('are refused in %s by the line', async (name, text, message) => {
    const told = await read(name, text).then(
      () => 'nothing',
      (thrown: unknown) =>
        thrown instanceof Failure
          ? (thrown.details.errors ?? []).map((each) => `${each.path} ${each.message}`).join()
          : String(thrown),
    );
    expect(told).toContain(message);
  });
});

describe('the command', () => {
  let vendor: Vendor;
  beforeAll(async () => {
    vendor = await startVendor('cloudzero', systemClock);
  });
  afterAll(() => vendor.close());
  const run = (...words: string[]) =>
    startCommand('commands/telemetry.ts', words, {
      DATA_DIR: join(directory, 'data'),
      CLOUDZERO_API_KEY: vendor.sandbox.settings.apiKey ?? '',
      CLOUDZERO_BASE_URL: vendor.sandbox.settings.baseUrl ?? '',
      CLOUDZERO_TELEMETRY_RECORDS_PER_SECOND: '1000',
    }).ended;

  test('sends a file once, and says what is wrong with another before anything is sent', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `2026-09-01,${index + 1}`);
    const good = await written('good.csv', `timestamp,value\n${rows.join('\n')}\n`);
    const words = ['--file', good, '--stream', 'orders', '--kind', 'unit-metric', '--operation', 'sum'];
    const first = await run(...words);
    expect([first.code, first.output], first.said).toEqual([0, '40 records sent in 1 requests\n']);
    const again = await run(...words);
    expect([again.code, again.output], again.said).toEqual([0, '40 records sent in 1 requests\n']);
    expect(vendor.callsTo('/unit-cost/v1/telemetry/metric/orders/sum')).toBe(1);

    const bad = await written('bad.csv', 'timestamp,value\n2026-09-01,0\n');
    const refused = await run('--file', bad, '--stream', 'orders', '--kind', 'unit-metric', '--operation', 'sum');
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('must be a decimal number above 0');
    expect(vendor.callsTo('/unit-cost/v1/telemetry/metric/orders/sum')).toBe(1);
  });
});
