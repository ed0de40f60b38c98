import { afterEach, describe, expect, test } from 'vitest';
import { add, decimal, decimalText, sum } from '../../../src/domain/decimal.ts';
import type { CostReading } from '../../../src/vendor/kit/index.ts';
import { startApp } from '../../../test/support/app.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { fillCube, openSandbox, type SandboxRig } from '../../../test/support/cloudspend-rig.ts';
import { connectTo } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';

let rig: SandboxRig;
afterEach(() => rig.close());

const cube = 'account-region-monthly';
const october = ['2026-10-01', '2026-11-01'] as const;
const widgets = '/cs/api/cost/custom_report/common_widget_api';

const totalsBy = ({ items }: CostReading, position: number): Record<string, string> => {
  const totals = new Map<string, string>();
  for (const { values, amount } of items) {
    const name = values[position] ?? 'none';
    totals.set(name, decimalText(add(decimal(totals.get(name) ?? '0'), decimal(amount))));
  }
  return Object.fromEntries([...totals].filter(([, amount]) => amount !== '0').sort());
};

describe('the cost of a month by account and region', () => {
  test.each(['', 'refunds'])('agrees by account, by region and by cloud with the other cubes (%s)', async (variant) => {
    rig = await openSandbox(variant);
    const reading = await fillCube(rig, cube, ...october);
    expect([reading.notes, reading.faults]).toEqual([[], []]);
    const byAccount = await fillCube(rig, 'service-account-daily', ...october);
    const byRegion = await fillCube(rig, 'service-region-monthly', ...october);
    expect(totalsBy(reading, 0)).toEqual(totalsBy(byAccount, 0));
    expect(totalsBy(reading, 1)).toEqual(totalsBy(byRegion, 1));
    expect(totalsBy(reading, 2)).toEqual(totalsBy(byRegion, 3));
  });

  test('differs from the total by no row where the vendor rounds', async () => {
    rig = await openSandbox('rounded');
    const reading = await fillCube(rig, cube, '2026-06-01', '2026-10-01');
    expect(new Set(reading.notes.map(({ code }) => code))).toEqual(new Set(['total-rounded']));
    expect(reading.faults).toEqual([]);
  });

  test('is booked under the first of the month, with the names of the accounts', async () => {
    rig = await openSandbox();
    const reading = await fillCube(rig, cube, ...october);
    expect(new Set(reading.items.map(({ day }) => day))).toEqual(new Set(['2026-10-01']));
    const names = reading.labels?.account;
    expect(reading.items.every(({ values: [account] }) => names?.has(account ?? '') === true)).toBe(true);
  });

  test('takes one call for each billing account', async () => {
    rig = await openSandbox();
    await fillCube(rig, cube, ...october);
    expect(rig.sandbox.calls.filter(({ path }) => path === widgets)).toHaveLength(8);
  });

  test('keeps what has no region under none, negative or not', async () => {
    rig = await openSandbox();
    const body = JSON.stringify({
      code: 0,
      data: { return_data: { '0': [['us-east-1', 10]], '1': [['AmazonS3', 7.5]], '2': [], '3': [] } },
    });
    rig.sandbox.faults.set([{ path: widgets, method: 'POST', kind: 'body', body }]);
    const reading = await fillCube(rig, cube, ...october);
    expect(reading.items.filter(({ values: [, region] }) => region === null)).toEqual(
      Array(8).fill(expect.objectContaining({ amount: '-2.5' })),
    );
  });

  test('has no row for a difference that rounding explains', async () => {
    rig = await openSandbox();
    const body = '{"code":0,"data":{"return_data":{"0":[["eu",1.001],["us",1.001]],"1":[["AmazonS3",2.003]]}}}';
    rig.sandbox.faults.set([{ path: widgets, kind: 'body', body }]);
    const reading = await fillCube(rig, cube, ...october);
    expect(reading.items.filter(({ values: [, region] }) => region === null)).toEqual([]);
    expect(reading.items).toHaveLength(16);
  });

  test('is empty for an account without cost', async () => {
    rig = await openSandbox();
    rig.sandbox.faults.set([{ path: widgets, kind: 'body', body: '{"code":0,"data":{"return_data":{}}}' }]);
    const reading = await fillCube(rig, cube, ...october);
    expect(reading.items).toEqual([]);
    // The vendor's own total says that there is cost, so nothing passes for everything.
    expect(reading.faults).toMatchObject([{ message: expect.stringMatching(/^lack \d/) }]);
  });

  test.each([
    ['a list is missing', '{"code":0,"data":{"return_data":{"0":[["us-east-1",1]]}}}'],
    ['nothing is there', '{"code":0}'],
  ])('fails where %s, and is never zero', async (_what, body) => {
    rig = await openSandbox();
    rig.sandbox.faults.set([{ path: widgets, kind: 'body', body }]);
    await expect(fillCube(rig, cube, ...october)).rejects.toMatchObject({ kind: 'vendor-malformed' });
  });

  test('names a sum that cannot be read, and invents no rest', async () => {
    rig = await openSandbox();
    const body = '{"code":0,"data":{"return_data":{"0":[["us-east-1",1],["eu","x"]],"1":[["AmazonS3",9]]}}}';
    rig.sandbox.faults.set([{ path: widgets, kind: 'body', body }]);
    const reading = await fillCube(rig, cube, ...october);
    expect(reading.faults).toHaveLength(8);
    expect(reading.faults[0]?.path).toMatch(/^common_widget_api \d+ return_data\.0\[1\]/);
    expect(decimalText(sum(reading.items.map(({ amount }) => decimal(amount))))).toBe('8');
  });

  test('says that days before the first known one are not in its figure', async () => {
    rig = await openSandbox();
    const body = '{"code":0,"data":{"min_date":"2026-10-11T00:00:00+0000","max_date":"2026-11-21T00:00:00+0000"}}';
    rig.sandbox.faults.set([{ path: '/cs/api/cost/cloud_available_range', kind: 'body', body }]);
    const reading = await fillCube(rig, cube, ...october);
    expect(reading.faults.map(({ path }) => path)).toContain('days before 2026-10-11');
    expect(new Set(reading.items.map(({ day }) => day))).toEqual(new Set(['2026-10-01']));
  });
});

describe('a question by account and region', () => {
  const openApp = async () => {
    rig = await openSandbox();
    const clock = new VirtualClock();
    const endpoint = { id: 'cloudspend', provider: 'cloudspend', title: 'CloudSpend', sandbox: false };
    const app = await startApp([], {
      clock,
      endpoints: [{ ...endpoint, connector: connectTo(cloudspend, rig.sandbox) }],
    });
    const calls = (path: string) => rig.sandbox.calls.filter((call) => call.path === path).length;
    return { app, calls };
  };

  test('by month misses neither', async () => {
    const { app, calls } = await openApp();
    const path = '/v1/costs?start=2026-10-01&end=2026-11-01&granularity=monthly&groupBy=account,region';
    const { body } = await app.get(path);
    expect(body).toMatchObject({ meta: { complete: true, providers: [{ missing: [] }] } });
    expect(calls(widgets)).toBe(8);
    await app.close();
  });

  test('by month and account alone is read with its days and services', async () => {
    const { app, calls } = await openApp();
    await app.get('/v1/costs?start=2026-10-01&end=2026-11-01&granularity=monthly&groupBy=account');
    expect([calls(widgets), calls('/cs/api/cost/custom_report/trend_box') > 0]).toEqual([0, true]);
    await app.close();
  });
});
