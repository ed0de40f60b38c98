import { describe, expect, test } from 'vitest';
import { addDays } from '../../../src/domain/day.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import rootCauses from '../fixtures/root-causes.json' with { type: 'json' };
import { cloudspend } from '../manifest.ts';
import { causesOf, historyOf } from './normalise.ts';
import { anomalyCausesSchema, similarAnomaliesSchema } from './wire.ts';

const accounts = [{ id: '33240000000059001', name: 'AWS', cloud: 0, children: [{ id: '17', name: 'team_AWS ' }] }];
const causes = anomalyCausesSchema.parse(rootCauses).data;
const own = {
  day: '2026-01-02',
  actual: { amount: '862.999', currency: 'CAD' },
  expected: { amount: '630.619', currency: 'CAD' },
};

describe('root causes', () => {
  test('are what contributed most, then what is new; a resource that is both stands once', () => {
    expect(causesOf(causes, accounts)).toEqual([
      {
        kind: 'resource',
        id: '33240000000411085',
        name: 'natgateway/1',
        alias: 'cluster/gateway',
        service: 'Amazon Elastic Compute Cloud',
        region: 'us-east-1',
        account: '17',
        cost: { amount: '10.32136544123456789', currency: 'CAD' },
        change: { amount: '9.5', currency: 'CAD' },
        isNew: true,
      },
      {
        kind: 'resource',
        id: '33240000000411099',
        name: 'bucket-1',
        alias: null,
        service: 'AmazonS3',
        region: null,
        account: '33240000000059001',
        cost: { amount: '3', currency: 'CAD' },
        change: { amount: '-1.25', currency: 'CAD' },
        isNew: false,
      },
      {
        kind: 'resource',
        id: '33240000000411100',
        name: '33240000000411100',
        alias: null,
        service: null,
        region: null,
        account: '33240000000059001',
        cost: { amount: '0.5', currency: 'CAD' },
        change: null,
        isNew: true,
      },
    ]);
  });

  test('are none where the vendor gives none, in any of its ways', () => {
    for (const resources of [undefined, null, {}, { new_resources: { total_cost: 1 } }, { top_resources: {} }]) {
      const { data } = anomalyCausesSchema.parse({ data: { currency_code: 'USD', resources } });
      expect(causesOf(data, accounts)).toEqual([]);
    }
  });

  test.each([
    ['a list that is none', { '1': 'ARRAY_OF_NEW_RESOURCES' }],
    ['a cost that is none', { '1': [{ id: '1', cost: 'NaN' }] }],
    ['no cost', { '1': [{ id: '1' }] }],
    ['a resource without id', { '1': [{ cost: 1 }] }],
  ])('%s fails the whole, as nothing can be partial here', (_name, resources) => {
    const { data } = anomalyCausesSchema.parse({
      data: { currency_code: 'USD', resources: { new_resources: { resources } } },
    });
    expect(() => causesOf(data, accounts)).toThrow(expect.objectContaining({ kind: 'vendor-malformed' }));
  });
});

test('the history has both series by day, whichever way round they come, and the day of the anomaly', () => {
  expect(historyOf(causes, own)).toEqual([
    { day: '2026-01-01', actual: { amount: '968.399', currency: 'CAD' }, expected: null },
    { day: '2026-01-02', actual: { amount: '862.9992854179998', currency: 'CAD' }, expected: own.expected },
    { day: '2026-01-07', actual: null, expected: { amount: '555.8178126777201', currency: 'CAD' } },
    { day: '2026-01-08', actual: null, expected: { amount: '320.5', currency: 'CAD' } },
  ]);
  expect(historyOf({ currency_code: 'CAD' }, own)).toEqual([own]);
});

test('no similar ones come as an empty object as well', () => {
  for (const data of [{}, [], { similar_anomalies: [] }]) {
    expect(similarAnomaliesSchema.parse({ data }).data.similar_anomalies).toEqual([]);
  }
});

describe('in the sandbox', () => {
  const start = async () => {
    const clock = new VirtualClock();
    const sandbox = await cloudspend.sandbox({ clock });
    const connector = connectTo(cloudspend, sandbox);
    const session = plainSession(connector, clock);
    const { anomalies } = connector.capabilities;
    if (anomalies?.detail === undefined) throw new TypeError('details are expected');
    return { sandbox, session, anomalies, detail: anomalies.detail };
  };
  const root = '/cs/api/reports/anomaly/summary/list';

  test('every anomaly has contributors, the days before it and what moved with it', async () => {
    const { sandbox, session, anomalies, detail } = await start();
    const { items } = await anomalies.list(session, { start: '2026-10-01', end: '2026-11-22' });
    expect(items.length).toBeGreaterThan(3);
    const details = await Promise.all(items.map((item) => detail(session, item.nativeId)));
    const ids = new Set(items.map(({ nativeId }) => nativeId));
    for (const [index, item] of items.entries()) {
      const found = details[index];
      expect(found?.rootCauses.length).toBeGreaterThan(0);
      const day = found?.history.find((each) => each.day === item.day);
      expect(day?.expected).toEqual(item.expected);
      expect(found?.history.some((each) => each.day === addDays(item.day, -28) && each.actual !== null)).toBe(true);
      for (const other of found?.similar ?? []) expect(ids).toContain(other.nativeId);
      expect(found?.similar.some((other) => other.nativeId === item.nativeId)).toBe(false);
    }
    const all = details.flatMap((found) => found?.rootCauses ?? []);
    expect(new Set(all.map((cause) => cause.isNew))).toEqual(new Set([true, false]));
    expect(all.every((cause) => /^3324\d+$/.test(cause.account ?? '') && cause.change !== null)).toBe(true);
    expect(all.some((cause) => cause.cost.amount.replace(/^[0.]+|\./g, '').length >= 17)).toBe(true);
    await sandbox.close();
  });

  test('one that is not there is null, and costs no call where the id could be none', async () => {
    const { sandbox, session, detail } = await start();
    expect(await detail(session, '1:1767225600000')).toBeNull();
    const before = sandbox.calls.length;
    for (const id of ['', '5', ':1767225600000', '5:soon', '5:']) expect(await detail(session, id)).toBeNull();
    expect(sandbox.calls.length).toBe(before);
    await sandbox.close();
  });

  test('causes and similar ones that the vendor knows nothing of are none; other failures fail', async () => {
    const { sandbox, session, anomalies, detail } = await start();
    const { items } = await anomalies.list(session, { start: '2026-10-01', end: '2026-11-22' });
    const id = items[0]?.nativeId ?? '';
    sandbox.faults.set([
      { path: `${root}/details/rca`, kind: 'body', status: 404, body: '{"code":404}' },
      { path: `${root}/similar`, kind: 'body', status: 404, body: '{"code":404}' },
    ]);
    expect(await detail(session, id)).toMatchObject({ rootCauses: [], similar: [], history: [{ day: items[0]?.day }] });
    sandbox.faults.set([{ path: `${root}/details/rca`, kind: 'body', body: '{"code":1,"message":"no"}' }]);
    await expect(detail(session, id)).rejects.toMatchObject({ kind: 'vendor-rejected' });
    sandbox.faults.set([{ path: `${root}/details/meta`, kind: 'body', body: '{"code":0,"data":{"info":{}}}' }]);
    await expect(detail(session, id)).rejects.toMatchObject({ kind: 'vendor-malformed' });
    await sandbox.close();
  });
});
