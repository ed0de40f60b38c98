import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { daysIn, monthEnd, monthStart } from '../../src/domain/day.ts';
import { type Decimal, decimal, decimalText, sum } from '../../src/domain/decimal.ts';
import type { Connector, CostReading } from '../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, fillWhole, type PlainSession, plainSession } from '../../test/support/session.ts';
import { cloudspend } from './manifest.ts';

const clock = new VirtualClock();
let sandbox: RunningSandbox;
let connector: Connector;
let session: PlainSession;
beforeAll(async () => {
  sandbox = await cloudspend.sandbox({ clock });
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.faults.clear());

const connect = () => {
  connector = connectTo(cloudspend, sandbox);
  session = plainSession(connector, clock);
};
beforeAll(connect);

const fill = (cube: string, start: string, end: string): Promise<CostReading> => {
  const { costs } = connector.capabilities;
  const dimensions = costs.cubes.find((each) => each.id === cube)?.dimensions ?? [];
  return fillWhole(connector, session, { cube, dimensions, costType: 'billed', start, end });
};
const total = (reading: CostReading): string =>
  decimalText(sum(reading.items.map((item): Decimal => decimal(item.amount))));
const by = (reading: CostReading, keyOf: (item: CostReading['items'][number]) => string): Record<string, string> => {
  const groups = Object.groupBy(reading.items, keyOf);
  return Object.fromEntries(
    Object.entries(groups).map(([key, items]) => [
      key,
      decimalText(sum((items ?? []).map((item) => decimal(item.amount)))),
    ]),
  );
};
const body = (text: string) => ({ kind: 'body', body: text }) as const;
const paths = {
  currency: '/cs/api/cost/display_currency',
  range: '/cs/api/cost/cloud_available_range',
  accounts: '/cs/api/cost/reports/accounts_data',
  trend: '/cs/api/cost/custom_report/trend_box',
  sankey: '/cs/api/cost/sankey_chart_data',
};

describe('the cubes', () => {
  test.each([['2026-10'], ['2026-02'], ['2024-02']])('agree on %s to the last digit', async (month) => {
    const [start, end] = [monthStart(month), monthEnd(month)];
    const account = await fill('service-account-daily', start, end);
    const region = await fill('service-region-daily', start, end);
    const monthly = await fill('service-region-monthly', start, end);
    for (const reading of [account, region, monthly]) expect(reading.faults).toEqual([]);
    expect(total(account)).toBe(total(monthly));
    expect(total(region)).toBe(total(monthly));
    expect(by(account, (item) => item.day)).toEqual(by(region, (item) => item.day));
    expect(Object.keys(by(region, (item) => item.day))).toEqual(daysIn(start, end));
    expect(by(account, (item) => item.values[1] ?? '')).toEqual(by(region, (item) => item.values[0] ?? ''));
    expect(by(region, (item) => item.values.join())).toEqual(by(monthly, (item) => item.values.join()));
    expect(new Set(monthly.items.map((item) => item.day))).toEqual(new Set([start]));
  });

  test('carry figures wider than a double, all accounts and all categories', async () => {
    const account = await fill('service-account-daily', '2026-10-01', '2026-11-01');
    const region = await fill('service-region-daily', '2026-10-01', '2026-10-02');
    expect(account.items.some((item) => item.amount.replace(/\D/g, '').length >= 17)).toBe(true);
    expect(new Set(account.items.map((item) => item.values[0])).size).toBe(8);
    expect(new Set(region.items.map((item) => item.values[2]))).toEqual(
      new Set(['Usage', 'Tax', 'Credit', 'SavingsPlanNegation']),
    );
    expect(region.items.some((item) => item.values[1] === null)).toBe(true);
    expect(new Set(account.items.map((item) => item.currency))).toEqual(new Set(['USD']));
    expect(account.labels?.account?.get('33240000000059021')).toBe('northwind-shop_AWS');
  });

  test('answer a part of a month, and nothing after today', async () => {
    const account = await fill('service-account-daily', '2026-11-10', '2026-11-22');
    const region = await fill('service-region-daily', '2026-11-10', '2026-12-01');
    const monthly = await fill('service-region-monthly', '2026-11-10', '2026-12-01');
    expect([total(account), total(region)]).toEqual([total(monthly), total(monthly)]);
    expect(region.items.at(-1)?.day).toBe('2026-11-21');
    expect(monthly.items[0]?.day).toBe('2026-11-01');
  });

  test('are complete through the day before the vendor last read its bills', async () => {
    expect((await fill('service-region-monthly', '2026-11-01', '2026-11-22')).completeThrough).toBe('2026-11-20');
  });

  test('ask once per billing account and month, with the last day included', async () => {
    const before = sandbox.calls.length;
    await fill('service-account-daily', '2026-09-01', '2026-10-01');
    const calls = sandbox.calls.slice(before).map((call) => call.path);
    expect(calls.filter((path) => path === paths.trend)).toHaveLength(8);
    expect(calls.filter((path) => path === paths.currency)).toHaveLength(2);
    await fill('service-region-daily', '2026-09-30', '2026-10-01');
    const sankey = sandbox.calls.findLast((call) => call.path === paths.sankey);
    expect(new URLSearchParams(sankey?.query).get('JSONString')).toBe(
      '{"start_date":"2026-09-30","end_date":"2026-09-30"}',
    );
  });
});

describe('what goes wrong', () => {
  test('a display currency that was switched during the read drops the figures', async () => {
    sandbox.faults.set([{ path: paths.currency, times: 1, ...body('{"code":0,"data":{"display_currency":"CAD"}}') }]);
    await expect(fill('service-region-monthly', '2026-10-01', '2026-11-01')).rejects.toMatchObject({
      kind: 'vendor-malformed',
      details: { public: expect.stringMatching(/switched from CAD to USD/) },
    });
  });

  test('a currency that is none fails the read', async () => {
    sandbox.faults.set([{ path: paths.currency, ...body('{"code":0,"data":{"display_currency":"$"}}') }]);
    await expect(fill('service-region-monthly', '2026-10-01', '2026-11-01')).rejects.toMatchObject({
      kind: 'vendor-malformed',
    });
  });

  test.each([['garbage'], ['empty']] as const)('%s in place of figures fails the read', async (kind) => {
    sandbox.faults.set([{ path: paths.sankey, kind }]);
    await expect(fill('service-region-daily', '2026-10-01', '2026-10-02')).rejects.toMatchObject({
      kind: 'vendor-malformed',
    });
  });

  test('NaN, which is no JSON, fails the read', async () => {
    sandbox.faults.set([{ path: paths.sankey, ...body('{"code":0,"data":{"data":[["AWS","Usage","r","s",NaN]]}}') }]);
    await expect(fill('service-region-daily', '2026-10-01', '2026-10-02')).rejects.toMatchObject({
      kind: 'vendor-malformed',
    });
  });

  test('bad rows of an answer are told, and the good ones stay', async () => {
    const rows =
      '[["AWS","Usage","r","s",null],["AWS","Usage","r","s","7"],["AWS","Usage","r","t",0.12345678901234567890]]';
    sandbox.faults.set([{ path: paths.sankey, ...body(`{"code":0,"data":{"data":${rows}}}`) }]);
    const reading = await fill('service-region-daily', '2026-10-01', '2026-10-02');
    expect(reading.items.map((item) => item.amount)).toEqual(['7', '0.12345678901234567890']);
    expect(reading.faults.map((fault) => fault.path)).toEqual(['sankey_chart_data 2026-10-01 data[0][4]']);
  });

  test.each([[200], [400]])('the rolling throttle at %i stops one operation', async (status) => {
    sandbox.faults.set([{ path: paths.sankey, kind: 'throttle', status }]);
    await expect(fill('service-region-daily', '2026-10-01', '2026-10-02')).rejects.toMatchObject({
      kind: 'vendor-throttled',
      details: { pauses: 'operation', retryAfterMs: 22 * 60_000 },
    });
  });

  test('an error in a 200 is an error', async () => {
    sandbox.faults.set([{ path: paths.sankey, ...body('{"code":1,"message":"Invalid JSONString parameter"}') }]);
    await expect(fill('service-region-daily', '2026-10-01', '2026-10-02')).rejects.toMatchObject({
      kind: 'vendor-rejected',
    });
  });

  test('an unknown range is no reason to fail', async () => {
    sandbox.faults.set([{ path: paths.range, kind: 'body', status: 400, body: '{"code":1,"message":"no"}' }]);
    connect();
    const reading = await fill('service-region-monthly', '2026-10-01', '2026-11-01');
    expect(reading.completeThrough).toBeNull();
    expect(reading.items.length).toBeGreaterThan(0);
    connect();
  });
});

describe('the accounts that are asked', () => {
  test('one that is refused makes the reading partial, all of them fail it', async () => {
    sandbox.faults.set([{ path: paths.trend, kind: 'body', status: 400, body: '{"code":1,"message":"no"}', times: 1 }]);
    const whole = await fill('service-region-monthly', '2026-10-01', '2026-11-01');
    const reading = await fill('service-account-daily', '2026-10-01', '2026-11-01');
    expect(reading.faults).toEqual([{ path: 'trend_box 33240000000059017', message: expect.stringContaining('no') }]);
    expect(total(reading)).not.toBe(total(whole));
    connect();
    sandbox.faults.set([{ path: paths.trend, kind: 'body', status: 400, body: '{"code":1,"message":"no"}' }]);
    await expect(fill('service-account-daily', '2026-10-01', '2026-11-01')).rejects.toMatchObject({
      kind: 'vendor-rejected',
    });
  });

  test('are listed once, and again after a fault', async () => {
    connect();
    const listings = () => sandbox.calls.filter((call) => call.path === paths.accounts).length;
    const before = listings();
    const account = '"cost_account_id":"1","account_name":"a","cloud_type":0';
    const broken = `{"code":0,"data":{"all_accounts":[{${account}},{${account.replace('"1"', '"2"')},"child_accounts":[]}]}}`;
    sandbox.faults.set([{ path: paths.accounts, ...body(broken), times: 1 }]);
    const partial = await fill('service-account-daily', '2026-10-01', '2026-10-02');
    expect(partial).toMatchObject({
      items: [],
      faults: [{ path: 'accounts_data.all_accounts[0].child_accounts' }],
      notes: [{ code: 'account-without-billing-accounts' }],
    });
    expect((await fill('service-account-daily', '2026-10-01', '2026-10-02')).faults).toEqual([]);
    await fill('service-account-daily', '2026-10-02', '2026-10-03');
    expect(listings() - before).toBe(2);
  });

  test('days and months before the first that the vendor knows are missing, each by itself, and not asked for', async () => {
    const since = '2025-05-15';
    sandbox.faults.set([
      {
        path: paths.range,
        ...body(`{"code":0,"data":{"min_date":"${since}T00:00:00+0000","max_date":"2026-11-21T01:00:00+0530"}}`),
      },
    ]);
    connect();
    const before = sandbox.calls.length;
    for (const cube of ['service-region-daily', 'service-account-daily']) {
      const reading = await fill(cube, '2025-05-13', '2025-05-17');
      expect(reading.faults.map(({ day }) => day)).toEqual(['2025-05-13', '2025-05-14']);
      expect(new Set(reading.items.map(({ day }) => day))).toEqual(new Set(['2025-05-15', '2025-05-16']));
    }
    const none = await fill('service-region-monthly', '2025-04-01', '2025-05-01');
    expect([none.items, none.faults.map(({ day }) => day)]).toEqual([[], ['2025-04-01']]);
    const cut = await fill('service-region-monthly', '2025-05-01', '2025-06-01');
    expect(cut.items.length).toBeGreaterThan(0);
    expect(cut.faults).toEqual([
      { path: `days before ${since}`, message: expect.stringContaining('not in the figure'), day: '2025-05-01' },
    ]);
    const asked = sandbox.calls.slice(before).filter(({ path }) => path === paths.sankey);
    expect(asked.every(({ query }) => !query.includes('2025-04'))).toBe(true);
    connect();
  });
});

test('whether the vendor accepts the connection is seen in one call, which no cost needs', async () => {
  const before = sandbox.calls.length;
  await connector.check?.(session);
  expect(
    sandbox.calls
      .slice(before)
      .filter(({ path }) => path.startsWith('/cs/'))
      .map(({ path }) => path),
  ).toEqual([paths.range]);
  sandbox.faults.set([{ path: paths.range, kind: 'body', status: 401, body: '{"code":401}' }]);
  await expect(connector.check?.(session)).rejects.toMatchObject({ kind: 'credentials-rejected' });
});

test('the price of the cube by account is the number of accounts', async () => {
  const [byAccount] = connector.capabilities.costs.cubes;
  expect(typeof byAccount?.price === 'function' ? await byAccount.price(session) : null).toBe(8);
});
