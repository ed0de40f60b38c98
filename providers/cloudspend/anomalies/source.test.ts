import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/vendor/kit/index.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { forgettingFailures } from '../../../test/support/cloudspend-rig.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import anomalyData from '../fixtures/anomaly-data.json' with { type: 'json' };
import { cloudspend } from '../manifest.ts';
import { anomaliesOf, categoriesOf, type Watched, watchedOf } from './normalise.ts';
import { namelessNotes, scopeOf } from './scope.ts';

const found = (name: string, category: string, costAccount: string | null = 'AWS Linked'): Watched => ({
  watcher: 'vendor',
  id: '5',
  name,
  subject: { category, costAccount },
});
const watched = found('us-east-1', '1');
const rowsOf = (...rows: unknown[]) => anomaliesOf({ code: 0, data: { anomalies: rows } }, watched);
const row = (more: Record<string, unknown> = {}) => ({ ...anomalyData.data.anomalies[0], ...more });

test('an occurrence is an anomaly of the UTC day of its epoch', () => {
  expect(anomaliesOf(anomalyData, watched)).toEqual({
    faults: [],
    items: [
      {
        nativeId: '5:1767225600000',
        name: 'us-east-1',
        detectedAt: '2026-01-01T00:00:00Z',
        day: '2026-01-01',
        severity: 'low',
        status: 'open',
        nativeStatus: 'open',
        direction: 'increase',
        scope: {},
        expected: { amount: '630.619', currency: 'CAD' },
        actual: { amount: '862.999', currency: 'CAD' },
      },
    ],
  });
});

test.each([
  [{ anomaly_status_code: 2 }, { status: 'closed', nativeStatus: 'dismissed' }],
  [{ anomaly_status_code: '3' }, { status: 'open', nativeStatus: 'acknowledged' }],
  [{ anomaly_status_code: undefined, anomaly_status: 'False Positive' }, { nativeStatus: 'dismissed' }],
  [{ anomaly_level: 'Critical' }, { severity: 'high' }],
  [{ anomaly_level: 'MEDIUM' }, { severity: 'medium' }],
  [{ anomaly_type: 'lower' }, { direction: 'decrease' }],
  [{ detected_time: 1767225600 }, { nativeId: '5:1767225600000', day: '2026-01-01' }],
  [{ value: '862.99928541799981234' }, { actual: { amount: '862.99928541799981234', currency: 'CAD' } }],
])('%o is read as %o', (change, expected) => {
  expect(rowsOf(row(change)).items).toMatchObject([expected]);
});

test.each([
  ['detected_time', 'soon'],
  ['detected_time', 12],
  ['anomaly_level', 'Huge'],
  ['anomaly_type', null],
  ['value', null],
  ['expected_value', 'NaN'],
  ['currency_code', '$'],
])('an occurrence whose %s is %s is refused by name', (field, value) => {
  const { items, faults } = rowsOf(row({ [field]: value }), row());
  expect(items).toHaveLength(1);
  expect(faults).toMatchObject([{ path: `anomaly data 5 anomalies[0].${field}` }]);
});

test('an unknown status is refused', () => {
  expect(rowsOf(row({ anomaly_status_code: 9 })).faults).toMatchObject([
    { path: 'anomaly data 5 anomalies[0].status' },
  ]);
});

test('categories and watched things are keys of maps, __proto__ among them', () => {
  const summary: unknown = JSON.parse(
    '{"code":0,"data":{"summary_data":{"1":[["a",1,0]],"2":[],"__proto__":[["b",1]]}}}',
  );
  expect(categoriesOf(summary)).toEqual(['1', '__proto__']);
  expect(categoriesOf({ code: 0, data: {} })).toEqual([]);
  const list: unknown = JSON.parse(
    '{"code":0,"data":{"anomalies":{"7":{"anomaly_name":"x"},"8":{"anomaly_name":null}}}}',
  );
  expect(watchedOf(list, '2')).toMatchObject({
    items: [{ watcher: 'vendor', id: '7', name: 'x', subject: { category: '2', costAccount: null } }],
    faults: [{ path: 'anomaly list 2 anomalies.8.anomaly_name' }],
  });
});

describe('the scope', () => {
  const accounts = [
    {
      id: '1',
      name: 'AWS Linked',
      cloud: 0,
      children: [
        { id: '11', name: 'team ' },
        { id: '12', name: 'twin' },
      ],
    },
    { id: '2', name: 'Azure', cloud: 1, children: [{ id: '21', name: 'twin' }] },
  ];
  const costCenters = [{ id: '91', name: 'Commerce' }];
  const names = { accounts, costCenters };
  test.each([
    ['1', 'us-east-1', { account: '1', region: 'us-east-1' }],
    ['2', 'AmazonS3', { account: '1', service: 'AmazonS3' }],
    ['3', 'team', { account: '11' }],
    ['3', 'twin', { account: '12' }],
    ['3', 'nobody', { account: '1' }],
    ['10001', 'Azure', { account: '2' }],
    ['10001', 'nobody', {}],
    ['10002', 'Commerce', { costCenter: '91' }],
    ['10002', 'nobody', {}],
    ['33', 'Environment', { account: '1' }],
  ])('of category %s %s', (category, name, expected) => {
    expect(scopeOf(found(name, category), names)).toEqual(expected);
  });

  test('names no account by a name that stands for several or for none, and a note says so', () => {
    const twin = found('twin', '3', null);
    const stranger = found('us-east-1', '1', 'Closed account');
    expect(scopeOf(twin, names)).toEqual({});
    expect(scopeOf(stranger, names)).toEqual({ region: 'us-east-1' });
    expect(namelessNotes([watched, twin, stranger], names)).toMatchObject([
      { code: 'account-of-anomaly-unknown', message: expect.stringContaining('twin, Closed account') },
    ]);
    expect(namelessNotes([watched], names)).toEqual([]);
  });
});

describe('the list', () => {
  const start = async () => {
    const clock = new VirtualClock();
    const sandbox = await cloudspend.sandbox({ clock });
    const connector = connectTo(cloudspend, sandbox);
    const session = { ...forgettingFailures(plainSession(connector, clock)) };
    const list = async (first: string, end: string) =>
      connector.capabilities.anomalies?.list(session, { start: first, end });
    return { sandbox, session, list };
  };

  test('has the spikes and drops of the world, of every status, each once', async () => {
    const { sandbox, list } = await start();
    const reading = await list('2026-02-01', '2026-11-22');
    const items = reading?.items ?? [];
    expect(reading?.faults).toEqual([]);
    expect(items.length).toBeGreaterThan(10);
    expect(new Set(items.map((item) => item.nativeId)).size).toBe(items.length);
    expect(new Set(items.map((item) => item.nativeStatus))).toEqual(new Set(['open', 'dismissed', 'acknowledged']));
    expect(new Set(items.map((item) => item.direction))).toEqual(new Set(['increase', 'decrease']));
    expect(items.every((item) => item.day < '2026-11-21')).toBe(true);
    await sandbox.close();
  });

  test('of more than the vendor allows calls for is partial, and whole when it is asked for again', async () => {
    const { sandbox, list, session } = await start();
    const { call } = session;
    let allowed = 5;
    session.call = async (request) => {
      if (request.operation === 'get-detailed-anomaly-analysis-data') {
        allowed -= 1;
        if (allowed < 0) throw new Failure('quota-exhausted', { public: 'spent', retryAfterMs: 1 });
      }
      return call(request);
    };
    const data = () => sandbox.calls.filter(({ path }) => path.endsWith('/list/data')).length;
    const partial = await list('2026-02-01', '2026-11-22');
    expect([data(), partial?.faults.length]).toEqual([5, expect.toSatisfy((count: number) => count > 3)]);
    allowed = 1_000;
    const whole = await list('2026-02-01', '2026-11-22');
    expect(whole?.faults).toEqual([]);
    expect(data()).toBe(5 + (partial?.faults.length ?? 0));
    await list('2026-02-01', '2026-11-21');
    expect(data()).toBeGreaterThan(5 + (partial?.faults.length ?? 0));
    await sandbox.close();
  });

  test('ends before its last day', async () => {
    const { sandbox, list } = await start();
    const all = (await list('2026-10-01', '2026-11-01'))?.items ?? [];
    const day = all[0]?.day ?? '';
    expect((await list('2026-10-01', day))?.items.filter((item) => item.day >= day)).toEqual([]);
    await sandbox.close();
  });

  test('goes on without the statuses that a vendor refuses, and without one that cannot be read', async () => {
    const { sandbox, list } = await start();
    const whole = (await list('2026-10-01', '2026-11-01'))?.items ?? [];
    const first = whole[0]?.nativeId.split(':')[0] ?? '';
    const refusal = { kind: 'body', status: 400, body: '{"code":1,"message":"no"}' } as const;
    sandbox.faults.set([{ path: '/cs/api/reports/anomaly/summary/list/data', times: 1, ...refusal }]);
    const partial = await list('2026-10-01', '2026-10-31');
    expect(partial?.faults).toMatchObject([{ path: `anomaly data ${first}` }]);
    expect(partial?.items.length).toBeLessThan(whole.length);
    sandbox.faults.set([{ path: '/cs/api/cost/reports/accounts_data', ...refusal }]);
    expect((await list('2026-10-01', '2026-11-01'))?.items).toHaveLength(whole.length);
    const summary = '/cs/api/reports/anomaly/summary';
    sandbox.faults.set([
      { path: summary, times: 1, kind: 'body', body: '{"code":0,"data":{}}' },
      { path: summary, ...refusal },
    ]);
    const checked = await list('2026-10-01', '2026-11-01');
    expect(checked?.items.every(({ nativeId }) => nativeId.startsWith('checks:'))).toBe(true);
    expect(checked).toMatchObject({
      faults: [],
      notes: [{ code: 'anomalies-not-listed-dismissed' }, { code: 'anomalies-not-listed-acknowledged' }],
    });
    sandbox.faults.set([{ path: summary, ...refusal }]);
    await expect(list('2026-10-01', '2026-11-01')).rejects.toMatchObject({ kind: 'vendor-rejected' });
    await sandbox.close();
  });
});
