import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../src/domain/day.ts';
import { decimal, decimalText, negate, sum } from '../../../src/domain/decimal.ts';
import type { Connector } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, fillWhole, type PlainSession, plainSession } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';
import { reservationAdvice, savingsOf } from './normalise.ts';

const account = { id: '33', name: 'AWS Retail\n', cloud: 0 };
const summary = (products: unknown) => ({ code: 0, data: { return_data: { opt_list: products } } });
const product = { opt_prod_id: '1', opt_count: '3', expiry_count: '0', opt_utilization: 97.93 };

describe('reservations', () => {
  test('that are little used or run out are advised on', () => {
    const { items, faults } = reservationAdvice(
      summary({
        'Virtual Machines': { ...product, opt_utilization: 79.96 },
        Licenses: { ...product, opt_prod_id: 2, expiry_count: '2' },
        Fine: { ...product, opt_utilization: 80 },
        Unused: { ...product, opt_count: '0', opt_utilization: 0 },
        Untold: { ...product, opt_utilization: null, expiry_count: null },
      }),
      account,
    );
    expect(faults).toEqual([]);
    expect(
      items.map(({ nativeId, title, category, savings, scope }) => [nativeId, title, category, savings, scope]),
    ).toEqual([
      [
        'reservation-utilisation:33:1',
        'Reservations for Virtual Machines in AWS Retail are used to 80 %',
        'reservations',
        null,
        { account: '33' },
      ],
      [
        'reservation-expiry:33:2',
        '2 of 3 reservations for Licenses in AWS Retail run out soon',
        'reservations',
        null,
        { account: '33' },
      ],
    ]);
  });

  test('that do not fit are told; none at all is no fault', () => {
    const { items, faults } = reservationAdvice(
      summary({ A: { ...product, opt_count: 'many' }, B: { ...product, opt_utilization: 'NaN' }, C: null }),
      account,
    );
    expect(items).toEqual([]);
    expect(faults.map((fault) => fault.path)).toEqual([
      'reservation summary 33 opt_list.A.opt_count',
      'reservation summary 33 opt_list.B.opt_utilization',
      'reservation summary 33 opt_list.C',
    ]);
    for (const json of [summary({}), summary([]), summary(null), { data: { return_data: [] } }]) {
      expect(reservationAdvice(json, account)).toEqual({ items: [], faults: [] });
    }
    expect(() => reservationAdvice({ data: {} }, account)).toThrow('reservation summary');
  });
});

describe('savings', () => {
  const all = {
    id: 7,
    name: 'team',
    ONDEMAND_COST: '24067.0470000000000000001',
    UNBLENDED_COST: 24015.795,
    PAYG_PRICE: 2412.175,
    ACTUAL_COST: 41.937,
    CREDIT_AMOUNT: -2.803,
  };
  const answer = (...rows: unknown[]) => ({ code: 0, data: { return_data: { cloud_type_id: 0, savings_data: rows } } });

  test.each([
    [0, '51.2520000000000000001'],
    [1, '2370.238'],
    [2, '2.803'],
  ])('of cloud %d are the difference of its own two figures', (cloud, amount) => {
    expect(savingsOf(answer(all), { id: '33', cloud }, 'CAD')).toMatchObject({
      items: [
        { nativeId: 'savings:7', status: 'realised', savings: { amount, currency: 'CAD' }, scope: { account: '7' } },
      ],
      faults: [],
    });
  });

  test('of nothing are left out, and what does not fit is told', () => {
    const rows = [{ ...all, UNBLENDED_COST: all.ONDEMAND_COST }, { ...all, ONDEMAND_COST: null }, { id: 1 }];
    const { items, faults } = savingsOf(answer(...rows), { id: '33', cloud: 0 }, 'CAD');
    expect(items).toEqual([]);
    expect(faults.map((fault) => fault.path)).toEqual([
      'savings 33 savings_data[1].ONDEMAND_COST',
      'savings 33 savings_data[2].name',
    ]);
    expect(savingsOf({ data: { return_data: {} } }, { id: '33', cloud: 0 }, 'CAD').items).toEqual([]);
  });
});

describe('the list', () => {
  const clock = new VirtualClock();
  let sandbox: RunningSandbox;
  let connector: Connector;
  let session: PlainSession;
  beforeAll(async () => {
    sandbox = await cloudspend.sandbox({ clock });
    connector = connectTo(cloudspend, sandbox);
    session = plainSession(connector, clock);
  });
  afterAll(() => sandbox.close());
  afterEach(() => sandbox.faults.clear());
  const list = async () => connector.capabilities.recommendations?.list(session);

  test('advises on reservations of AWS and Azure, and tells what was saved in all clouds', async () => {
    const reading = await list();
    expect(reading).toMatchObject({ notes: [], faults: [] });
    const items = reading?.items ?? [];
    expect(new Set(items.map((item) => item.nativeId)).size).toBe(items.length);
    expect(items.filter((item) => item.category === 'reservations').map((item) => item.title)).toEqual([
      'Reservations for Amazon Elastic Compute Cloud in AWS Retail are used to 63.1 %',
      '1 of 3 reservations for Amazon Relational Database Service in AWS Retail run out soon',
      'Reservations for Virtual Machine Licenses in Azure Europe are used to 48.5 %',
      '2 of 4 reservations for Virtual Machine Licenses in Azure Europe run out soon',
    ]);
    expect(items.filter((item) => item.category === 'savings').length).toBeGreaterThan(3);
    expect(sandbox.calls.some((call) => call.path.includes('optimization/33240000000073005'))).toBe(false);
  });

  test('has savings that agree with the costs of the same days', async () => {
    const today = clock.today();
    const reading = await fillWhole(connector, session, {
      cube: 'service-region-daily',
      dimensions: ['service', 'region', 'category'],
      costType: 'billed',
      start: addDays(today, -30),
      end: today,
    });
    const negations = reading.items.filter((item) => item.values[2] === 'SavingsPlanNegation');
    const saved = (await list())?.items.filter((item) =>
      ['33240000000059017', '33240000000061011'].includes(item.scope.account ?? ''),
    );
    expect(decimalText(sum((saved ?? []).map((item) => decimal(item.savings?.amount ?? '0'))))).toBe(
      decimalText(negate(sum(negations.map((item) => decimal(item.amount))))),
    );
  });

  test('goes on where a part fails, and says which', async () => {
    sandbox.faults.set([
      { path: '/cs/api/cost/optimization/33240000000059001', kind: 'status', status: 404 },
      { path: '/cs/api/cost/savings/overall', kind: 'body', status: 403, body: '{}' },
      { path: '/cs/api/cost/guidances', kind: 'body', body: '[]' },
    ]);
    const reading = await list();
    expect(reading?.items).toHaveLength(2);
    expect(reading?.faults.map((fault) => fault.path)).toEqual([
      'reservation summary 33240000000059001',
      'savings 33240000000059001',
      'savings 33240000000061003',
      'savings 33240000000011003',
      'savings 33240000000073005',
      'guidances',
    ]);
  });

  test('notes guidances, whose form nobody documents', async () => {
    sandbox.faults.set([
      { path: '/cs/api/cost/guidances', kind: 'body', body: '{"code":0,"data":{"guidanceList":[{"a":1},{}]}}' },
    ]);
    expect((await list())?.notes).toMatchObject([
      { code: 'guidances-unread', message: expect.stringContaining('2 guidances') },
    ]);
  });

  test('is dropped where the display currency was switched meanwhile', async () => {
    const display = (code: string) => ({
      path: '/cs/api/cost/display_currency',
      kind: 'body' as const,
      times: 1,
      body: `{"code":0,"data":{"display_currency":"${code}"}}`,
    });
    sandbox.faults.set([display('USD'), display('CAD')]);
    await expect(list()).rejects.toMatchObject({ kind: 'vendor-malformed' });
  });
});
