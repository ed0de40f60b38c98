import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Dimension } from '../../src/domain/dimension.ts';
import { takeTurns } from '../../src/domain/turns.ts';
import { parseLosslessly } from '../../src/vendor/kit/lossless-json.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { readLiveCosts, readPublishedCosts } from './cost-pages.ts';
import { groupingOf, indexDimensions } from './dimensions.ts';
import { costReading } from './normalise.ts';
import type { WireCost } from './wire.ts';

const fixture = (name: string): unknown =>
  parseLosslessly(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

const core: readonly Dimension[] = ['account', 'service', 'region'];
const turns = takeTurns(new VirtualClock());
const grouping = groupingOf(core, null);
const settle = (costs: readonly WireCost[]) =>
  costReading(costs, { grouping, currency: 'USD', start: '2026-11-01', end: '2026-11-21', today: '2026-11-21' }, turns);

const row = (more: Record<string, unknown>) => ({
  usage_date: '2026-11-03T00:00:00+00:00',
  cost: 1,
  Account: 'a',
  Service: 's',
  Region: 'r',
  ...more,
});
const readRows = (rows: unknown) =>
  readLiveCosts(parseLosslessly(JSON.stringify({ costs: rows })), grouping.columns, 1, turns);
const readText = (cost: string) =>
  readLiveCosts(
    parseLosslessly(
      `{"costs":[{"usage_date":"2026-11-03T00:00:00Z","cost":${cost},"Account":"a","Service":"s","Region":"r"}]}`,
    ),
    grouping.columns,
    1,
    turns,
  );

describe('the fixtures', () => {
  test('live rows become costs: any offset, any spelling of none, every digit', async () => {
    const page = await readLiveCosts(fixture('live-costs'), grouping.columns, 1, turns);
    expect(page).toMatchObject({ received: 4, stated: 4, next: null, faults: [] });
    expect(await settle(page.costs)).toEqual({
      items: [
        { day: '2026-11-01', values: ['123456789012', 'AmazonEC2', 'us-east-1'], amount: '1204.55', currency: 'USD' },
        {
          day: '2026-11-02',
          values: ['123456789012', 'AmazonS3', null],
          amount: '98.123456789012345678',
          currency: 'USD',
        },
        { day: '2026-11-02', values: ['123456789012', 'AWSSupport', null], amount: '-3.5', currency: 'USD' },
        { day: '2026-11-02', values: ['123456789012', 'AmazonCloudFront', null], amount: '0', currency: 'USD' },
      ],
      notes: [],
      faults: [],
      completeThrough: '2026-11-02',
    });
  });

  test('published groups become costs', async () => {
    const page = await readPublishedCosts(
      fixture('published-costs'),
      grouping.columns,
      1,
      'https://api.cloudzero.com',
      turns,
    );
    expect(page).toMatchObject({ received: 3, stated: 2, next: null, faults: [] });
    expect((await settle(page.costs)).items).toEqual([
      { day: '2026-11-01', values: ['123456789012', 'AmazonEC2', 'us-east-1'], amount: '1204.55', currency: 'USD' },
      {
        day: '2026-11-02',
        values: ['123456789012', 'AmazonEC2', 'us-east-1'],
        amount: '98.123456789012345678',
        currency: 'USD',
      },
      { day: '2026-11-02', values: ['123456789012', 'AmazonCloudFront', null], amount: '7', currency: 'USD' },
    ]);
  });
});

describe('a row that does not fit is refused by name', () => {
  test.each([
    ['cost null', row({ cost: null }), 'costs[1].cost'],
    ['cost missing', row({ cost: undefined }), 'costs[1].cost'],
    ['cost NaN', row({ cost: 'NaN' }), 'costs[1].cost'],
    ['cost Infinity', row({ cost: 'Infinity' }), 'costs[1].cost'],
    ['cost blank', row({ cost: '' }), 'costs[1].cost'],
    ['cost with separator', row({ cost: '1,000.00' }), 'costs[1].cost'],
    ['cost with currency', row({ cost: '$5' }), 'costs[1].cost'],
    ['cost object', row({ cost: {} }), 'costs[1].cost'],
    ['cost boolean', row({ cost: true }), 'costs[1].cost'],
    ['cost array', row({ cost: [1] }), 'costs[1].cost'],
    ['date missing', row({ usage_date: undefined }), 'costs[1].usage_date'],
    ['date in seconds', row({ usage_date: 1_793_000_000 }), 'costs[1].usage_date'],
    ['date unreadable', row({ usage_date: '2026-02-30T00:00:00Z' }), 'costs[1].usage_date'],
    ['date with a zone name', row({ usage_date: '2026-11-03T00:00:00 UTC' }), 'costs[1].usage_date'],
    ['group missing', row({ Region: undefined }), 'costs[1].Region'],
    ['group object', row({ Service: { name: 's' } }), 'costs[1].Service'],
    ['group boolean', row({ Service: false }), 'costs[1].Service'],
    ['null', null, 'costs[1]'],
    ['a text', 'row', 'costs[1]'],
    ['a list', [], 'costs[1]'],
  ])('%s', async (_name, bad, path) => {
    const page = await readRows([row({}), bad, row({ Account: 'b' })]);
    expect(page.costs).toHaveLength(2);
    expect(page.faults[0]?.path.startsWith(path)).toBe(true);
    expect(page.received).toBe(3);
  });

  test.each(['1e400', '1e-400', '9'.repeat(200)])('%s is more than can be kept', async (cost) => {
    expect(await readText(cost)).toMatchObject({ costs: [], faults: [{ path: 'costs[0].cost' }] });
  });

  test('a bad point of a published group leaves the others', async () => {
    const page = await readPublishedCosts(
      {
        data: [
          { group: { Account: 'a', Service: 's' }, cost: [] },
          {
            group: { Account: 'a', Service: 's', Region: 'r' },
            cost: [
              { timestamp: '2026-11-01T00:00:00Z', value: 1 },
              { timestamp: 'x', value: 1 },
              { timestamp: '2026-11-02T00:00:00Z', value: null },
              null,
            ],
          },
          { group: { Account: 'a', Service: 's', Region: 'r' }, cost: null },
          7,
        ],
      },
      grouping.columns,
      2,
      'https://api.cloudzero.com',
      turns,
    );
    expect(page.costs).toHaveLength(1);
    expect(page.faults.map((fault) => fault.path)).toEqual([
      'page[2].data[0].group.Region',
      'page[2].data[1].cost[1].timestamp',
      'page[2].data[1].cost[2].value',
      'page[2].data[1].cost[3]',
      'page[2].data[2].cost',
      'page[2].data[3]',
    ]);
  });

  test('ten thousand bad rows are named by the first and a count', async () => {
    const page = await readRows(Array.from({ length: 10_000 }, () => ({})));
    expect(page.costs).toEqual([]);
    expect(page.faults).toHaveLength(26);
    expect(page.faults.at(-1)).toEqual({ path: 'costs', message: '9975 more could not be read' });
  });
});

describe('what fits is kept exactly', () => {
  test.each([
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['1e25', '1e+25'],
    ['1e-30', '1e-30'],
    ['"12.50"', '12.50'],
    ['-0', '0'],
    ['-17.000000000000000001', '-17.000000000000000001'],
  ])('%s', async (cost, amount) => {
    expect(await readText(cost)).toMatchObject({ costs: [{ amount }], faults: [] });
  });

  test('unexpected keys are plain data', async () => {
    const text =
      '{"usage_date":"2026-11-03","cost":1,"Account":"a","Service":"constructor","Region":"__proto__","__proto__":{"cost":2}}';
    const page = await readLiveCosts(parseLosslessly(`{"costs":[${text}]}`), grouping.columns, 1, turns);
    expect(page.costs).toEqual([{ day: '2026-11-03', raw: ['a', 'constructor', '__proto__'], amount: '1' }]);
    expect(Object.hasOwn(Object.prototype, 'cost')).toBe(false);
  });

  test('a column may stand under its display name', async () => {
    const columns = [{ id: 'User:Defined:Product', name: 'Product' }];
    const page = await readLiveCosts(
      { costs: [{ usage_date: '2026-11-03', cost: 1, Product: 'p' }] },
      columns,
      1,
      turns,
    );
    expect(page.costs[0]?.raw).toEqual(['p']);
  });
});

describe('repetition', () => {
  const cost = (amount: string, region: string | null = 'r', day = '2026-11-03'): WireCost => ({
    day,
    raw: ['a', 's', region],
    amount,
  });

  test('equal rows count once, in whatever notation', async () => {
    const settled = await settle([cost('1.5'), cost('1.50'), cost('15e-1')]);
    expect(settled.items.map((item) => item.amount)).toEqual(['1.5']);
    expect(settled.notes).toMatchObject([{ code: 'duplicate-rows' }]);
    expect(settled.faults).toEqual([]);
  });
  test('different amounts for one place keep the first and are a fault', async () => {
    const settled = await settle([cost('1.5'), cost('2')]);
    expect(settled.items.map((item) => item.amount)).toEqual(['1.5']);
    expect(settled.faults).toEqual([
      {
        path: 'costs(day=2026-11-03, Account=a, Service=s, Region=r)',
        message: 'came with two amounts, 1.5 and 2; the first is kept',
      },
    ]);
  });
  test('the vendor’s spellings of none are one place with one sum', async () => {
    const settled = await settle([cost('1.5', null), cost('2', ''), cost('0.25', '__NULL_PARTITION_VALUE__')]);
    expect(settled.items).toMatchObject([{ values: ['a', 's', null], amount: '3.75' }]);
    expect(settled.faults).toEqual([]);
  });
  test('days that were not asked for are left out, and it is said', async () => {
    const settled = await settle([cost('1'), cost('2', 'r', '2026-11-21'), cost('4', 'r', '2026-10-31')]);
    expect(settled.items).toHaveLength(1);
    expect(settled.notes).toMatchObject([{ code: 'outside-range' }]);
  });
});

describe('names of accounts', () => {
  const index = indexDimensions([
    { id: 'Account', name: 'Account' },
    { id: 'CZ:Defined:Linked', name: 'Account Name' },
  ]);
  const named = groupingOf(['service', 'account'], index);
  const read = (rows: readonly (readonly [account: string, name: string | null, amount: string])[]) =>
    costReading(
      rows.map(([account, name, amount]) => ({ day: '2026-11-03', raw: ['s', account, name], amount })),
      { grouping: named, currency: 'USD', start: '2026-11-01', end: '2026-11-21', today: '2026-11-21' },
      turns,
    );

  test('are asked for beside the accounts, and only there', async () => {
    expect(named.columns.map((column) => column.id)).toEqual(['Service', 'Account', 'CZ:Defined:Linked']);
    expect(groupingOf(['service'], index).columns.map((column) => column.id)).toEqual(['Service']);
    expect(groupingOf(['account', 'tag:Linked'], index).names).toBeNull();
  });

  test('split no row: an account that was renamed is one, under its later name', async () => {
    const reading = await read([
      ['1', 'Old', '1.5'],
      ['1', 'New', '2.25'],
      ['2', null, '4'],
      ['3', '__NULL_PARTITION_VALUE__', '8'],
    ]);
    expect(reading.items.map(({ values, amount }) => [...values, amount])).toEqual([
      ['s', '1', '3.75'],
      ['s', '2', '4'],
      ['s', '3', '8'],
    ]);
    expect([...(reading.labels?.account ?? [])]).toEqual([['1', 'New']]);
    expect(reading.faults).toEqual([]);
  });
});
