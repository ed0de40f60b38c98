import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { UnitCostDefinition } from '../../src/config/unit-cost-schema.ts';
import { metaSchema } from '../../src/domain/meta.ts';
import { type UnitQuantity, unitCostSchema } from '../../src/domain/unit-cost.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';
import type { SourceCost } from '../../src/vendor/contract/contract.ts';
import type { RunningApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';
import { startToyVendors } from '../support/toy-vendors-app.ts';

const answerSchema = z.object({ data: z.array(unitCostSchema), meta: metaSchema });
const range = 'start=2026-09-01&end=2026-11-01';
const perOrder: UnitCostDefinition = {
  id: 'per-order',
  connection: 'costing',
  name: 'Cost per order',
  unit: 'order',
  filters: { service: ['shop'] },
  quantity: { metric: { connection: 'counting', stream: 'orders' } },
};
const perSeat: UnitCostDefinition = {
  ...perOrder,
  id: 'per-seat',
  name: 'Cost per seat',
  unit: 'seat',
  filters: {},
  quantity: { months: { '2026-10': '3' } },
};
const counted = (start: string, end: string, value: string): UnitQuantity => ({ start, end, value });

let app: RunningApp;
let quantities: UnitQuantity[];
let faults: { path: string; message: string }[];
let reads: string[];
const clock = new VirtualClock('2026-11-21T10:00:00Z');
const start = async (defined: readonly UnitCostDefinition[], options: Parameters<typeof startToyVendors>[2] = {}) => {
  const costing = new ToyVendor(clock, { name: 'costing', cubes: [toyCubes.range] });
  costing.rewrite = (_rows, question) =>
    [
      ['2026-09-10', 'shop', '50', 'USD'],
      ['2026-10-10', 'shop', '1000', 'USD'],
      ['2026-10-10', 'shop', '7', 'EUR'],
      ['2026-10-20', 'other', '1', 'USD'],
    ]
      .filter(([day = '']) => day >= question.start && day < question.end)
      .map(
        ([day = '', service = '', amount = '', currency = '']): SourceCost => ({
          day,
          values: question.dimensions.map((dimension) => (dimension === 'service' ? service : null)),
          amount,
          currency,
        }),
      );
  const read = async (_session: unknown, stream: string) => {
    reads.push(stream);
    return { items: quantities, notes: [], faults };
  };
  const counting = new ToyVendor(clock, { name: 'counting', capabilities: { unitMetrics: { read } } });
  app = await startToyVendors([costing, counting], clock, { unitCosts: defined, ...options });
};
beforeEach(() => {
  quantities = [counted('2026-09-01', '2026-09-02', '25'), counted('2026-10-01', '2026-11-01', '2717')];
  faults = [];
  reads = [];
});
afterEach(() => app.close());
const ask = async (query = range, headers: Record<string, string> = {}) => {
  const { status, body, text } = await app.get(`/v1/unit-costs?connection=costing&${query}`, headers);
  expect(status, text).toBe(200);
  const { data, meta } = answerSchema.parse(body);
  return { data, meta, notes: meta.providers[0]?.notes.map(({ code }) => code) };
};

describe('unit costs', () => {
  it('are the cost of a filter by month and currency, divided by what a stream counted', async () => {
    await start([perOrder]);
    const { data, meta } = await ask();
    expect(
      data.map(({ id, period, quantity, cost, unitCost }) => [id, period, quantity, cost.amount, unitCost]),
    ).toEqual([
      [
        'costing:per-order:2026-09:USD',
        { start: '2026-09-01', end: '2026-10-01' },
        '25',
        '50',
        { amount: '2', currency: 'USD' },
      ],
      [
        'costing:per-order:2026-10:EUR',
        { start: '2026-10-01', end: '2026-11-01' },
        '2717',
        '7',
        { amount: '0.00257637099742', currency: 'EUR' },
      ],
      [
        'costing:per-order:2026-10:USD',
        { start: '2026-10-01', end: '2026-11-01' },
        '2717',
        '1000',
        { amount: '0.368052999632', currency: 'USD' },
      ],
    ]);
    expect(meta.complete).toBe(true);
  });

  it('take numbers by month from the file, and make no row of a month without one', async () => {
    await start([perSeat]);
    const { data, notes } = await ask();
    expect(data.map(({ cost, unitCost }) => [cost.amount, unitCost.amount])).toEqual([
      ['7', '2.33333333333'],
      ['1001', '333.666666667'],
    ]);
    expect(notes).toContain('quantity-missing');
  });

  it.each([
    ['zero', () => [counted('2026-10-01', '2026-11-01', '0')], range, 'quantity-zero'],
    ['missing', () => [], range, 'quantity-missing'],
    ['of more than what was asked for', () => quantities, 'start=2026-10-05&end=2026-11-01', 'quantity-of-month'],
  ])('have a note and no row where the quantity is %s', async (_what, listed, query, code) => {
    quantities = listed();
    await start([perOrder]);
    const { data, notes, meta } = await ask(query);
    expect(data).toEqual([]);
    expect(notes).toContain(code);
    expect(meta.complete).toBe(true);
  });

  it('use nothing of a stream that was not read whole; other unit costs are there all the same', async () => {
    faults = [{ path: 'orders', message: 'shows only its latest records' }];
    await start([perOrder, perSeat]);
    const { data, meta } = await ask();
    expect(new Set(data.map(({ name }) => name))).toEqual(new Set(['Cost per seat']));
    expect(meta).toMatchObject({ complete: false, providers: [{ status: 'partial' }] });
    expect((await app.get(`/v1/unit-costs?${range}&connection=costing&strict=true`)).status).toBe(502);
  });

  it('fail where all that is defined fails', async () => {
    faults = [{ path: 'orders', message: 'shows only its latest records' }];
    await start([perOrder]);
    expect((await app.get(`/v1/unit-costs?${range}&connection=costing`)).status).toBe(502);
  });

  it('say where a connection shows no unit metrics', async () => {
    await start([{ ...perOrder, quantity: { metric: { connection: 'costing', stream: 'orders' } } }, perSeat]);
    expect((await ask()).meta).toMatchObject({ complete: false, providers: [{ status: 'partial' }] });
  });

  it('do not tell a quantity to who may not see its connection, and do not read it', async () => {
    const digest = createHash('sha256').update('key').digest('hex');
    const keys = [{ name: 'narrow', digest, scopes: ['read' as const], connections: ['costing'] }];
    await start([perOrder], { authenticate: authenticator({ mode: 'keys', clock, keys }) });
    const { data, notes } = await ask(range, { 'x-api-key': 'key' });
    expect(data).toEqual([]);
    expect(notes).toContain('quantity-hidden');
    expect(reads).toEqual([]);
  });

  it('read a stream once for several questions', async () => {
    await start([perOrder]);
    await ask();
    await ask('start=2026-10-01&end=2026-11-01');
    expect(reads).toEqual(['orders']);
  });

  it('are none where none are defined, which is a note', async () => {
    await start([]);
    expect(await ask()).toMatchObject({ data: [], meta: { complete: true }, notes: ['none-defined'] });
  });
});
