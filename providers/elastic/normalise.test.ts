import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decimal, decimalText, sum } from '../../src/domain/decimal.ts';
import { takeTurns } from '../../src/domain/turns.ts';
import { parseLosslessly } from '../../src/vendor/kit/lossless-json.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { accountsOf, costRows, readInstances } from './normalise.ts';
import { readPrices } from './prices.ts';

const nominal = readPrices('USD', []);
const dimensions = ['account', 'service', 'category', 'resource'] as const;
const fixture = (name: string): unknown =>
  parseLosslessly(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));
const turns = takeTurns(new VirtualClock());
const rowsOf = async (json: unknown) =>
  (await costRows(await readInstances(json, '', turns), '2026-11-10', dimensions, nominal, turns)).rows;
const oneItem = (total: unknown) => ({
  total_ecu: 1,
  instances: [{ id: 'a', type: 'deployment', total_ecu: 1, product_line_items: [{ sku: 's', total_ecu: total }] }],
});

describe('reading the costs of instances', () => {
  it('takes the kind as service, or else the type of the instance', async () => {
    const orders = '5be0a1c97d3f4c2e8f60b47a92d1e385';
    expect((await rowsOf(fixture('instances'))).map((row) => [...row.values, row.amount])).toEqual([
      [orders, 'elasticsearch', 'capacity', 'aws.es.datahot.c6gd_us-east-1_4096_2', '7.3728'],
      [orders, 'kibana', 'capacity', 'aws.kibana.c6gd_us-east-1_1024_1', '0'],
      [orders, 'deployment', 'data_internode', 'aws.data-transfer-inter-node', '6.6486'],
      [
        'b5c1e7f09a3d48d2',
        'elasticsearch',
        'vcu_search',
        'serverless.elasticsearch.vcu-search_aws-us-east-1',
        '4.14820000000000000077',
      ],
      ['c0ffee', 'deployment', 'storage_bytes', 'aws.snapshot-storage', '0.2724'],
      ['c0ffee', 'deployment', null, null, '2.2276'],
    ]);
  });

  it('answers in the order of the dimensions asked, with null for one that it lacks', async () => {
    const { rows } = await costRows(
      await readInstances(fixture('instances'), '', turns),
      '2026-11-10',
      ['category', 'region', 'account', 'tag:team'],
      nominal,
      turns,
    );
    expect(rows.at(-2)?.values).toEqual(['storage_bytes', null, 'c0ffee', null]);
  });

  it('reads every notation of a decimal exactly', async () => {
    const totals = [1e25, 1e-7, -0, '123456789012345678.90', '-2.50', '1e-30', 0.1];
    const amounts = await Promise.all(totals.map(async (total) => (await rowsOf(oneItem(total)))[0]?.amount));
    expect(amounts).toEqual([
      '10000000000000000000000000',
      '0.0000001',
      '0',
      '123456789012345678.9',
      '-2.5',
      '0.000000000000000000000000000001',
      '0.1',
    ]);
  });

  it('refuses every other value by its path, and keeps the total of the instance', async () => {
    for (const total of [
      undefined,
      null,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '',
      'NaN',
      '1,5',
      '1e400',
      true,
      {},
      [],
    ]) {
      const reading = await readInstances(oneItem(total), 'x:', turns);
      expect(reading.faults.map((fault) => fault.path)).toEqual(['x:instances[0].product_line_items[0].total_ecu']);
      expect((await rowsOf(oneItem(total))).map((row) => [...row.values, row.amount])).toEqual([
        ['a', 'deployment', null, null, '1'],
      ]);
    }
  });

  it('keeps what can be read, names what cannot, and counts nothing twice', async () => {
    const reading = await readInstances(fixture('malformed-instances'), '', turns);
    const items = 'instances[0].product_line_items';
    expect(reading.faults.map((fault) => fault.path).sort()).toEqual([
      `${items}[1].total_ecu`,
      `${items}[2].total_ecu`,
      `${items}[3].total_ecu`,
      `${items}[4].total_ecu`,
      `${items}[5].total_ecu`,
      `${items}[6].total_ecu`,
      `${items}[8]`,
      'instances[2].id',
      'instances[3].total_ecu',
      'instances[4].product_line_items',
      'instances[5]',
      'instances[7]',
    ]);
    const rows = await rowsOf(fixture('malformed-instances'));
    const totals = ['good', 'huge', 'total-unreadable', 'items-unreadable', '__proto__'].map((id) =>
      decimalText(sum(rows.filter((row) => row.values[0] === id).map((row) => decimal(row.amount)))),
    );
    expect(totals).toEqual(['10.5', '10000000000000000000000000', '3', '4', '-0.5']);
    expect(rows.find((row) => row.values[3] === '__proto__')?.values).toEqual([
      'good',
      'toString',
      'constructor',
      '__proto__',
    ]);
  });

  it('takes the whole total of an instance without line items, and the line items of one without a total', async () => {
    const bare = { instances: [{ id: 'a', type: 'security', total_ecu: 2 }] };
    expect((await readInstances(bare, '', turns)).faults).toEqual([]);
    expect((await rowsOf(bare)).map((row) => [...row.values, row.amount])).toEqual([
      ['a', 'security', null, null, '2'],
    ]);
    const itemsOnly = { instances: [{ id: 'a', type: 'security', product_line_items: [{ sku: 's', total_ecu: 2 }] }] };
    expect((await readInstances(itemsOnly, '', turns)).faults.map((fault) => fault.path)).toEqual([
      'instances[0].total_ecu',
    ]);
    expect((await rowsOf(itemsOnly)).map((row) => [...row.values, row.amount])).toEqual([
      ['a', 'security', null, 's', '2'],
    ]);
  });

  it('misses what the instances lack of the overall total, beyond its rounding, and nothing where they exceed it', async () => {
    const faultsOf = async (total: number) =>
      (await readInstances({ total_ecu: total, instances: [{ id: 'a', total_ecu: 14.02143 }] }, '', turns)).faults;
    expect(await faultsOf(20)).toEqual([{ path: 'instances', message: "lack 5.97857 ECU of the vendor's own total" }]);
    expect(await faultsOf(14.0216)).toEqual([]);
    expect(await faultsOf(9)).toEqual([]);
  });

  it('names an overall total that cannot be read, and misses none that is absent', async () => {
    expect(
      (await readInstances({ total_ecu: 'n/a', instances: null }, '', turns)).faults.map((fault) => fault.path),
    ).toEqual(['total_ecu']);
    expect(await readInstances({ instances: [] }, '', turns)).toEqual({
      instances: [],
      unlisted: null,
      totalDiffers: false,
      faults: [],
    });
  });
});

describe('what was used', () => {
  const item = { sku: 's', total_ecu: 1, unit: 'GB', quantity: { value: 182.4312323, formatted_value: '182 GB' } };
  const quantityOf = async (more: object) =>
    (await rowsOf({ instances: [{ id: 'a', total_ecu: 1, product_line_items: [{ ...item, ...more }] }] }))[0]?.quantity;

  it('is the quantity of a line item in its unit, with every digit', async () => {
    expect(await quantityOf({})).toEqual({ amount: '182.4312323', unit: 'GB' });
    expect((await quantityOf({ quantity: { value: '12345678901234567890.5' } }))?.amount).toBe(
      '12345678901234567890.5',
    );
    expect(await quantityOf({ quantity: { value: 0 } })).toEqual({ amount: '0', unit: 'GB' });
  });

  it.each([
    ['has no unit', { unit: ' ' }],
    ['has a unit that is no text', { unit: 7 }],
    ['has no quantity', { quantity: null }],
    ['has a quantity that is no number', { quantity: { value: 'much' } }],
  ])('is not told where a line item %s, and its cost stays', async (_what, more) => {
    expect(await quantityOf(more)).toBeUndefined();
    expect(
      (await readInstances({ instances: [{ id: 'a', product_line_items: [{ ...item, ...more }] }] }, '', turns))
        .instances[0],
    ).toMatchObject({
      lineItems: [{ sku: 's' }],
    });
  });

  it('is not told for the rest of an instance that is not itemised', async () => {
    expect((await rowsOf({ instances: [{ id: 'a', total_ecu: 5, product_line_items: [] }] }))[0]).not.toHaveProperty(
      'quantity',
    );
  });
});

describe('instances as accounts', () => {
  it('are deployments or projects, each month at its own price', async () => {
    const { instances } = await readInstances(fixture('instances'), '', turns);
    const prices = readPrices('EUR', [{ from: '2026-11-01', price: '0.5' }]);
    const accounts = accountsOf(instances, instances, '2026-11-21', '2026-10-01', false, prices);
    expect(accounts.map((account) => [account.kind, account.name])).toEqual([
      ['deployment', 'orders-search'],
      ['project', 'semantic-catalogue'],
      ['deployment', 'half-itemised'],
    ]);
    expect(accounts[2]).toMatchObject({
      currentMonth: { amount: '1.25', currency: 'EUR' },
      previousMonth: { amount: '2.5', currency: 'EUR' },
    });
  });
});
