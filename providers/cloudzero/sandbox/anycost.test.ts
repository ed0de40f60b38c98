import { describe, expect, test } from 'vitest';
import { openRoutes } from '../../../test/support/cloudzero-sandbox.ts';
import { liveAnycostRoutes, publishedAnycostRoutes } from './anycost.ts';
import { BillingDrops, type DropLimits, documentedDropLimits } from './billing-drops.ts';

const base = '/v2/connections/billing/anycost';
const drops = `${base}/mine/billing_drops`;

const row = (more: object = {}) => ({
  'time/usage_start': '2026-10-01T00:00:00Z',
  'cost/cost': '12.50',
  'lineitem/type': 'Usage',
  'resource/service': 'Compute',
  'resource/tag:team': 'Checkout',
  ...more,
});
const at = (hour: string, cost: string) => row({ 'time/usage_start': `2026-10-01T${hour}:00:00Z`, 'cost/cost': cost });
const drop = (data: readonly unknown[], more: object = {}) => ({ month: '2026-10', data, ...more });

const open = async (more: { readonly limits?: DropLimits; readonly takeIn?: () => Promise<void> } = {}) => {
  const { send } = await openRoutes('live', (clock) =>
    liveAnycostRoutes({ clock, takesDrops: (id) => id === 'mine' || id === 'other', ...more }),
  );
  const costs = async () => {
    const { json } = await send('GET', `${drops}/2026-10`);
    return json.billing_drop.map((each: Record<string, string>) => each['cost/cost']);
  };
  const validate = async (body: unknown) => (await send('POST', `${base}/validate_billing_drop`, body)).json.connection;
  return { send, costs, validate };
};

describe('billing drops', () => {
  test('replace a month, replace its hours or add to it, and the first makes it whatever it says', async () => {
    const { send, costs } = await open();
    const post = (operation: string | undefined, ...data: object[]) =>
      send('POST', drops, drop(data, operation === undefined ? {} : { operation }));
    const first = await post('sum', at('00', '1'), at('01', '2'));
    expect(first).toEqual({
      status: 200,
      json: { connection: { drop_id: expect.any(String), month: '2026-10-01T00:00:00+00:00', row_count: 2 } },
    });
    await post('sum', at('01', '3'));
    expect(await costs()).toEqual(['1', '2', '3']);
    const again = await post(
      'replace_hourly',
      row({ 'time/usage_start': '2026-10-01T03:30:00+02:00', 'cost/cost': '4' }),
    );
    expect(again.json.connection).toEqual({ ...first.json.connection, row_count: 2 });
    expect(await costs()).toEqual(['1', '4']);
    const replaced = await post(undefined, at('05', '5'));
    expect(replaced.json.connection.drop_id).not.toBe(first.json.connection.drop_id);
    expect(await costs()).toEqual(['5']);
    expect((await send('GET', drops)).json).toEqual({ billing_drops: [replaced.json.connection] });
  });

  test('belong to one month and one connection', async () => {
    const { send } = await open();
    await send('POST', drops, drop([row()]));
    const [other, next] = [`${base}/other/billing_drops`, `${drops}/2026-11`];
    expect((await send('GET', other)).json).toEqual({ billing_drops: [] });
    for (const path of [next, `${other}/2026-10`, `${drops}/soon`]) {
      const answer = await send('GET', path);
      expect([answer.status, answer.json.error.type], path).toEqual([404, 'NotFound']);
    }
    expect((await send('POST', `${base}/nobody/billing_drops`, drop([row()]))).status).toBe(404);
    expect((await send('GET', `${base}/nobody/billing_drops`)).status).toBe(404);
  });

  test('take their month from a timestamp, or from the first row', async () => {
    const { send, costs } = await open();
    await send('POST', drops, drop([row()], { month: '2026-10-01T00:00:00Z' }));
    await send('POST', drops, { operation: 'sum', data: [row()] });
    expect(await costs()).toEqual(['12.50', '12.50']);
    expect((await send('POST', drops, { data: [] })).status).toBe(400);
  });

  test('show negative credits and discounts, and types that only the page on the format knows, as they came', async () => {
    const { send, costs } = await open();
    const data = [
      row({ 'lineitem/type': 'Credit', 'cost/cost': '-10.00' }),
      row({ 'lineitem/type': 'Discount', 'cost/cost': '-0.5', 'cost/amortized_cost': '-0.5' }),
      row({ 'lineitem/type': 'CommittedUseVacancy' }),
    ];
    expect((await send('POST', drops, drop(data))).status).toBe(200);
    expect(await costs()).toEqual(['-10.00', '-0.5', '12.50']);
  });
});

const faults = [
  ['a column that the format lacks', row({ 'resource/team': 'x' }), 'data[0]: resource/team is no column'],
  ['a number instead of text', row({ 'cost/cost': 12.5 }), 'data[0]: cost/cost is no text'],
  ['an exponent', row({ 'cost/cost': '1e3' }), 'data[0]: cost/cost is no decimal number'],
  ['a thousands separator', row({ 'usage/amount': '1,000' }), 'data[0]: usage/amount is no decimal number'],
  [
    'a negative usage',
    row({ 'cost/cost': '-1' }),
    'data[0]: cost/cost is negative, which only Discount and Credit can be',
  ],
  [
    'another month',
    row({ 'time/usage_start': '2026-09-30T23:00:00Z' }),
    'data[0]: time/usage_start does not lie in 2026-10',
  ],
  [
    'another month in UTC',
    row({ 'time/usage_start': '2026-10-01T01:00:00+02:00' }),
    'data[0]: time/usage_start does not lie in 2026-10',
  ],
  ['a date without a time', row({ 'time/usage_start': '2026-10-01' }), 'data[0]: time/usage_start is no timestamp'],
  ['no cost', row({ 'cost/cost': undefined }), 'data[0]: cost/cost is missing'],
  ['no time', row({ 'time/usage_start': undefined }), 'data[0]: time/usage_start is missing'],
  ['an unknown type', row({ 'lineitem/type': 'Refund' }), 'data[0]: lineitem/type cannot be Refund'],
  ['no object', 'row', 'data[0]: is no object'],
] as const;

describe('a check of a drop', () => {
  test('finds nothing wrong, and stores nothing', async () => {
    const { send, validate } = await open();
    expect(await validate(drop([row()]))).toEqual({ is_valid: true, errors: [] });
    expect((await send('GET', drops)).json).toEqual({ billing_drops: [] });
  });

  test.each(faults)('says %s in an answer of 200, and the drop is refused with 400', async (_, faulty, sentence) => {
    const { send, validate } = await open();
    expect(await validate(drop([faulty]))).toEqual({ is_valid: false, errors: [sentence] });
    const refused = await send('POST', drops, drop([faulty]));
    expect([refused.status, refused.json.error.message]).toEqual([400, sentence]);
    expect((await send('GET', drops)).json).toEqual({ billing_drops: [] });
  });

  test('names every row that is wrong, and what is wrong with the whole', async () => {
    const { send, validate } = await open();
    const { errors } = await validate(drop([row({ 'cost/cost': '' }), row(), 5]));
    expect(errors.map((each: string) => each.slice(0, 7))).toEqual(['data[0]', 'data[2]']);
    expect((await validate(drop([], { operation: 'append' }))).errors[0]).toContain('operation');
    expect((await validate({ month: '2026-13', data: [] })).errors[0]).toContain('month');
    expect((await validate({ month: '2026-10' })).is_valid).toBe(false);
    expect((await send('POST', `${base}/validate_billing_drop`, '{')).status).toBe(400);
  });
});

describe('the bounds of drops', () => {
  test.each([drops, `${base}/validate_billing_drop`])('more than 5 MB at %s is a 413 with a message', async (path) => {
    const { send } = await open();
    const answer = await send('POST', path, ' '.repeat(5_000_001));
    expect(answer).toEqual({ status: 413, json: { message: expect.any(String) } });
  });

  test('a second request for a connection is refused while one is under way, and one for another is not', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const takeIn = async () => {
      begun.resolve();
      await end.promise;
    };
    const { send, costs } = await open({ takeIn });
    const first = send('POST', drops, drop([row()]));
    await begun.promise;
    expect((await send('POST', drops, drop([row({ 'cost/cost': '1' })]))).status).toBe(400);
    const elsewhere = send('POST', `${base}/other/billing_drops`, drop([row()]));
    end.resolve();
    expect([(await first).status, (await elsewhere).status]).toEqual([200, 200]);
    expect(await costs()).toEqual(['12.50']);
    expect((await send('POST', drops, drop([row()]))).status).toBe(200);
  });

  test('a month holds so many rows and bytes and no more, and stays as it was', async () => {
    const { send, costs } = await open({ limits: { rows: 2, bytes: 10_000 } });
    const sum = (...data: object[]) => send('POST', drops, drop(data, { operation: 'sum' }));
    expect((await sum(at('00', '1'), at('01', '2'))).status).toBe(200);
    expect((await sum(at('02', '3'))).status).toBe(400);
    expect(await costs()).toEqual(['1', '2']);
    expect((await send('POST', drops, drop([at('02', '3')]))).status).toBe(200);
    const wide = at('03', '4');
    expect((await sum({ ...wide, 'resource/id': 'x'.repeat(10_000) })).status).toBe(400);
    expect((await sum(wide)).status).toBe(200);
  });

  test('a month holds no more than a million rows and 70 MB', () => {
    const held = new BillingDrops(() => 'd');
    expect(held.apply('a', '2026-10', 'sum', new Array(1_000_001).fill({})).ok).toBe(false);
    expect(held.find('a', '2026-10')).toBeNull();
    expect(documentedDropLimits).toEqual({ rows: 1_000_000, bytes: 70_000_000 });
  });
});

describe('the published dialect', () => {
  const item = { timestamp: '2026-10-01T00:00:00Z', cost: 12.5, service: 'Compute', metadata: { team: 'Checkout' } };
  const body = (...line_items: object[]) => ({ billing_drops: [{ line_items }] });

  test('takes drops of line items with 202, and refuses what its description refuses', async () => {
    const { send } = await openRoutes('published', () => publishedAnycostRoutes());
    expect(await send('POST', drops, body(item))).toEqual({ status: 202, json: undefined });
    for (const bad of [{ ...item, cost: '12.5' }, { ...item, timestamp: '2026-10-01' }, { cost: 1 }]) {
      expect((await send('POST', drops, body(bad))).status, JSON.stringify(bad)).toBe(400);
    }
    expect((await send('POST', drops, drop([row()]))).status).toBe(400);
    expect((await send('POST', drops, '{')).status).toBe(400);
    expect((await send('POST', drops, ' '.repeat(5_000_001))).status).toBe(413);
  });

  test('refuses a second request for a connection while one is under way', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const { send } = await openRoutes('published', () =>
      publishedAnycostRoutes(async () => {
        begun.resolve();
        await end.promise;
      }),
    );
    const first = send('POST', drops, body(item));
    await begun.promise;
    expect((await send('POST', drops, body(item))).status).toBe(429);
    end.resolve();
    expect((await first).status).toBe(202);
  });
});
