import { describe, expect, test } from 'vitest';
import { takeTurns } from '../../src/domain/turns.ts';
import { parseLosslessly } from '../../src/vendor/kit/lossless-json.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { costAccountsOf } from './accounts/normalise.ts';
import accountsData from './fixtures/accounts-data.json' with { type: 'json' };
import sankey from './fixtures/sankey.json' with { type: 'json' };
import trendBox from './fixtures/trend-box.json' with { type: 'json' };
import trendBoxMonthly from './fixtures/trend-box-monthly.json' with { type: 'json' };
import { availabilityOf, displayCurrencyOf, sankeyCosts, trendCosts } from './normalise.ts';

const turns = takeTurns(new VirtualClock());
const sankeyContext = {
  dimensions: ['service', 'region', 'category'],
  day: '2026-01-01',
  currency: 'USD',
} as const;
const sankeyOf = (rows: unknown) => sankeyCosts({ code: 0, data: { data: rows } }, sankeyContext, turns);
const trendContext = {
  dimensions: ['account', 'service'],
  account: '33240000000012207',
  cloud: 'azure',
  currency: 'USD',
  start: '2026-01-01',
  end: '2026-01-06',
} as const;
const trendOf = (values: unknown, mode: unknown = 0, more: { start?: string; end?: string } = {}) =>
  trendCosts({ code: 0, data: { trend_values: { mode, values } } }, { ...trendContext, ...more }, turns);
const stamp = (day: string) => `${day}T00:00:00+0530`;

describe('sankey rows', () => {
  test('become costs, and an empty name is none', async () => {
    const { items, faults } = await sankeyCosts(sankey, sankeyContext, turns);
    expect(faults).toEqual([]);
    expect(items.map((item) => [...item.values, item.amount])).toEqual([
      ['AmazonCloudWatch', 'us-east-1', 'Usage', '19801.478'],
      ['AmazonMemoryDB', 'us-east-1', 'RIFee', '406.712'],
      ['microsoft.compute', 'US East', 'Usage', '34.818'],
      ['Compute Engine', 'us-central1', 'regular', '12.771'],
      ['AmazonEC2', null, 'Tax', '3.5'],
      ['AmazonEC2', 'us-east-1', 'SavingsPlanNegation', '-5.636'],
    ]);
  });

  test('name their cloud in one spelling', async () => {
    const rows = [
      ['AWS', 'Usage', 'us-east-1', 'AmazonS3', 1],
      ['AZURE', 'Usage', 'US East', 'microsoft.compute', 2],
      ['Azure', 'Usage', 'UK South', 'microsoft.compute', 3],
      ['', 'Usage', '', 'Support', 4],
    ];
    const context = { ...sankeyContext, dimensions: ['cloud'] } as const;
    const { items, faults } = await sankeyCosts({ code: 0, data: { data: rows } }, context, turns);
    expect(faults).toEqual([]);
    expect(items.map(({ values, amount }) => [...values, amount])).toEqual([
      ['aws', '1'],
      ['azure', '2'],
      ['azure', '3'],
      [null, '4'],
    ]);
  });

  test('of two clouds with equal names stay two rows', async () => {
    const rows = [
      ['AWS', 'Usage', '', 'Support', 1],
      ['GCP', 'Usage', '', 'Support', 1],
    ];
    expect(await sankeyOf(rows)).toMatchObject({ items: [{ amount: '1' }, { amount: '1' }], faults: [] });
  });

  test('keep every digit', async () => {
    const text =
      '{"code":0,"data":{"data":[["AWS","Usage","r","s",12345678901234.123456789],["AWS","Usage","r","t",1e25]]}}';
    expect((await sankeyCosts(parseLosslessly(text), sankeyContext, turns)).items.map((item) => item.amount)).toEqual([
      '12345678901234.123456789',
      '1e+25',
    ]);
  });

  test.each([
    ['null as amount', ['AWS', 'Usage', 'r', 's', null], 'data[0][4]'],
    ['no amount', ['AWS', 'Usage', 'r', 's'], 'data[0]'],
    ['NaN as text', ['AWS', 'Usage', 'r', 's', 'NaN'], 'data[0][4]'],
    ['an empty amount', ['AWS', 'Usage', 'r', 's', ''], 'data[0][4]'],
    ['an object as amount', ['AWS', 'Usage', 'r', 's', {}], 'data[0][4]'],
    ['a list as region', ['AWS', 'Usage', [], 's', 1], 'data[0][2]'],
    ['an object for a row', { cloud: 'AWS' }, 'data[0]'],
    ['null for a row', null, 'data[0]'],
  ])('%s is refused by name, and the others stay', async (_name, row, path) => {
    const { items, faults } = await sankeyOf([row, ['AWS', 'Usage', 'r', 's', '2.50']]);
    expect(items.map((item) => item.amount)).toEqual(['2.50']);
    expect(faults).toEqual([{ path: expect.stringContaining(path), message: expect.any(String) }]);
  });

  test.each([[[]], [{}], [{ data: [] }], [{ data: null }]])('%o under data means none', async (data) => {
    expect(await sankeyCosts({ code: 0, data }, sankeyContext, turns)).toEqual({ items: [], faults: [] });
  });

  test.each([[{}], [{ code: 0 }], [{ code: 0, data: { rows: [] } }], [{ code: 0, data: 'none' }], [null], [undefined]])(
    '%o is no answer',
    async (json) => {
      await expect(sankeyCosts(json, sankeyContext, turns)).rejects.toThrow(
        expect.objectContaining({ kind: 'vendor-malformed' }),
      );
    },
  );
});

describe('trend points', () => {
  test('become costs of their calendar day, whatever the offset', async () => {
    const { items, faults } = await trendCosts(trendBox, trendContext, turns);
    expect(faults).toEqual([]);
    expect(items).toHaveLength(6);
    expect(items[0]).toEqual({
      day: '2026-01-01',
      values: ['33240000000012207', 'microsoft.compute'],
      amount: '2.576',
      currency: 'USD',
    });
    expect(items.at(-1)?.values[1]).toBe('Others');
  });

  test('that are monthly are refused where days were asked for', async () => {
    const month = { ...trendContext, start: '2025-10-01', end: '2025-11-01' };
    const rest = { ...trendContext, start: '2025-10-05', end: '2025-11-01' };
    for (const context of [month, rest]) {
      await expect(trendCosts(trendBoxMonthly, context, turns)).rejects.toThrow(
        expect.objectContaining({ kind: 'vendor-malformed' }),
      );
    }
  });

  test('on the first of a month alone are daily where the vendor says so, or one day was asked for', async () => {
    const values = { SendGrid: [[stamp('2026-01-01'), 249.95]] };
    expect((await trendOf(values, 0)).items).toHaveLength(1);
    expect((await trendOf(values, 1, { end: '2026-01-02' })).items).toHaveLength(1);
    await expect(trendOf(values, null)).rejects.toThrow('trend_box');
  });

  test('with bad parts are refused one by one', async () => {
    const { items, faults } = await trendOf({
      good: [[stamp('2026-01-02'), '1.5']],
      bad: [[stamp('2026-02-30'), 1], [1767225600000, 1], [stamp('2026-01-03'), 'Infinity'], [stamp('2026-01-03')]],
      none: 'x',
    });
    expect(items.map((item) => item.amount)).toEqual(['1.5']);
    expect(faults.map((fault) => fault.path)).toEqual([
      'trend_box 33240000000012207 values.bad[0]',
      'trend_box 33240000000012207 values.bad[1][0]',
      'trend_box 33240000000012207 values.bad[2][1]',
      'trend_box 33240000000012207 values.bad[3][1]',
      'trend_box 33240000000012207 values.none',
    ]);
    expect(faults.map((fault) => fault.day)).toEqual([undefined, undefined, '2026-01-03', '2026-01-03', undefined]);
  });

  test('that come twice count once, and are told if they differ', async () => {
    const { items, faults } = await trendOf({
      same: [
        [stamp('2026-01-02'), 1],
        [stamp('2026-01-02'), 1],
      ],
      other: [
        [stamp('2026-01-02'), 1],
        [stamp('2026-01-02'), 2],
      ],
    });
    expect(items.map((item) => item.amount)).toEqual(['1', '1']);
    expect(faults).toEqual([
      {
        path: expect.stringContaining('values.other'),
        message: expect.stringContaining('2026-01-02'),
        day: '2026-01-02',
      },
    ]);
  });

  test('outside of the days asked for are told, not booked', async () => {
    const { items, faults } = await trendOf({
      s: [
        [stamp('2026-01-05'), 1],
        [stamp('2026-01-06'), 2],
      ],
    });
    expect(items).toHaveLength(1);
    expect(faults).toEqual([
      { path: expect.stringContaining('values.s'), message: expect.stringContaining('1 points') },
    ]);
  });

  test('of names such as __proto__ and constructor are plain data, and an empty name is none', async () => {
    const json: unknown = JSON.parse(
      `{"code":0,"data":{"trend_values":{"mode":0,"values":{"__proto__":[["${stamp('2026-01-02')}",1]],"constructor":[["${stamp('2026-01-02')}",2]],"":[["${stamp('2026-01-02')}",3]]}}}}`,
    );
    expect((await trendCosts(json, trendContext, turns)).items.map((item) => [item.values[1], item.amount])).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
      [null, '3'],
    ]);
  });

  test.each([[{}], [[]], [{ mode: 0, values: {} }], [{ mode: 0, values: [] }]])(
    '%o means none',
    async (trend_values) => {
      expect(await trendCosts({ code: 0, data: { trend_values } }, trendContext, turns)).toEqual({
        items: [],
        faults: [],
      });
    },
  );
});

describe('accounts', () => {
  test('keep their long ids', async () => {
    expect(costAccountsOf(accountsData)).toEqual({
      faults: [],
      items: [
        {
          id: '33240000000011003',
          name: 'Azure linked account2',
          cloud: 1,
          children: [{ id: '33240000000012207', name: 'Subscription-2_Marketplace' }],
        },
      ],
    });
    const bare =
      '{"code":0,"data":{"all_accounts":[{"cost_account_id":33240000000059007,"account_name":"a","cloud_type":"GCP","child_accounts":[]}]}}';
    expect(costAccountsOf(parseLosslessly(bare)).items).toMatchObject([{ id: '33240000000059007', cloud: 2 }]);
  });

  test('stand once, whatever the list repeats', async () => {
    const child = (id: string) => ({ billing_account_id: id, name: id });
    const account = (id: string, ...children: string[]) => ({
      cost_account_id: id,
      account_name: id,
      cloud_type: 0,
      child_accounts: children.map(child),
    });
    const listed = [account('1', '11', '12', '11'), account('1', '11', '13'), account('2', '21', '11')];
    const { items, faults } = costAccountsOf({ code: 0, data: { all_accounts: listed } });
    expect(items.map((item) => item.children.map((each) => each.id))).toEqual([['11', '12', '13'], ['21']]);
    expect(faults).toHaveLength(1);
  });

  test('that cannot be read are named', async () => {
    const listed = [
      { cost_account_id: '1', account_name: 'a', cloud_type: -1, child_accounts: [] },
      { cost_account_id: '2', account_name: 'b', cloud_type: 0 },
      { cost_account_id: '3', account_name: 'c', cloud_type: 0, child_accounts: [{ name: 'x' }] },
    ];
    const { items, faults } = costAccountsOf({ code: 0, data: { all_accounts: listed } });
    expect(items.map((item) => item.id)).toEqual(['3']);
    expect(faults.map((fault) => fault.path)).toEqual([
      'accounts_data.all_accounts[0].cloud_type',
      'accounts_data.all_accounts[1].child_accounts',
      'accounts_data 3.child_accounts[0].billing_account_id',
    ]);
  });
});

test.each([
  ['2026-01-17T01:47:05+0530', '2026-01-20', '2026-01-16'],
  ['2026-01-17T01:47:05+0530', '2026-01-16', '2026-01-16'],
  ['9999-12-30T00:00:00Z', '2026-01-16', '2026-01-16'],
  [undefined, '2026-01-16', null],
  ['soon', '2026-01-16', null],
])('a range up to %s is complete, on %s, through %s', async (max_date, today, expected) => {
  expect(availabilityOf({ code: 0, data: { max_date } }, today).completeThrough).toBe(expected);
});

test('the display currency is a code, not a symbol', async () => {
  expect(displayCurrencyOf({ code: 0, data: { display_currency: 'cad' } })).toBe('CAD');
  expect(() => displayCurrencyOf({ code: 0, data: { display_currency: '$' } })).toThrow('display_currency');
});
