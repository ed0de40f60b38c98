import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Connector } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';
import { reservationsOf, reservedProducts } from './normalise.ts';

const product = { id: '1', name: 'Virtual Machines', count: 2, utilisation: '97.93036669600937', coverage: null };
const answer = (...rows: unknown[]) => ({ code: 0, data: { return_data: { cloud_type: 1, utility_data: rows } } });
const term = {
  'cl.cst.optimization.start.time': '22-Apr-2025 11:28',
  'cl.cst.optimization.end.time': '22-Apr-2026 11:28',
};

describe('reservations of a product', () => {
  test('have the names and days of their cloud, and the percentages of the product', () => {
    const { items, faults } = reservationsOf(
      answer(
        { ...term, plan_id: '7', 'cl.cst.optimization.reservation.name': 'VM_RI', 'global.region': 'eastus2' },
        { ...term, plan_id: 33240000000062145n.toString(), 'cl.cst.optimization.subscription.id': '19631078181' },
        { plan_id: 9 },
      ),
      '33',
      product,
    );
    expect(faults).toEqual([]);
    expect(items.map(({ nativeId, name, scope, start, end }) => [nativeId, name, scope, start, end])).toEqual([
      ['33:1:7', 'VM_RI', { account: '33', region: 'eastus2' }, '2025-04-22', '2026-04-22'],
      ['33:1:33240000000062145', 'Virtual Machines 19631078181', { account: '33' }, '2025-04-22', '2026-04-22'],
      ['33:1:9', 'Virtual Machines 9', { account: '33' }, null, null],
    ]);
    expect(items[0]).toMatchObject({
      kind: 'reservation',
      utilisationPercent: '97.93036669600937',
      coveragePercent: null,
      percentagesOf: 'product',
      cost: null,
      savings: null,
    });
  });

  test('that cannot be read are faults, and so is an empty list of what was counted', () => {
    const later = { ...term, plan_id: '7', 'global.region': 'elsewhere' };
    const unread = reservationsOf(
      answer(
        { ...term, plan_id: '7' },
        later,
        { ...term },
        { plan_id: '8', 'cl.cst.optimization.end.time': '31-Feb-2026' },
      ),
      '33',
      product,
    );
    expect(unread.items).toHaveLength(1);
    expect(unread.faults.map(({ path }) => path)).toEqual([
      'reservations 33 1 utility_data[2].plan_id',
      'reservations 33 1 utility_data[3].cl.cst.optimization.end.time',
      'reservations 33 1 7',
    ]);
    for (const json of [answer(), { data: { return_data: {} } }]) {
      expect(reservationsOf(json, '33', product).faults).toEqual([
        { path: 'reservations 33 1', message: 'lists none of 2' },
      ]);
      expect(reservationsOf(json, '33', { ...product, count: 0 }).faults).toEqual([]);
    }
    expect(() => reservationsOf({ data: {} }, '33', product)).toThrow('reservations 33 1');
  });

  test('are counted with exact percentages', () => {
    const summary = (row: unknown) => ({ data: { return_data: { opt_list: { A: row } } } });
    const row = { opt_prod_id: 1, opt_count: '2', opt_utilization: '1e-7', opt_coverage: 31.4100692264699 };
    expect(reservedProducts(summary(row), '33').items).toEqual([
      { id: '1', name: 'A', count: 2, utilisation: '0.0000001', coverage: '31.4100692264699' },
    ]);
    expect(reservedProducts(summary({ ...row, opt_coverage: null }), '33').items).toMatchObject([{ coverage: null }]);
  });
});

describe('the list', () => {
  const clock = new VirtualClock();
  let sandbox: RunningSandbox;
  let connector: Connector;
  beforeAll(async () => {
    sandbox = await cloudspend.sandbox({ clock });
    connector = connectTo(cloudspend, sandbox);
  });
  afterAll(() => sandbox.close());
  afterEach(() => sandbox.faults.clear());
  const list = async () => connector.capabilities.commitments?.list(plainSession(connector, clock));

  test('has the reservations of AWS and Azure, by one call for each account and each product', async () => {
    const reading = await list();
    expect(reading).toMatchObject({
      notes: [{ code: 'reservations-only' }, { code: 'figures-of-product' }],
      faults: [],
    });
    const items = reading?.items ?? [];
    expect(new Set(items.map(({ nativeId }) => nativeId)).size).toBe(items.length);
    expect(Map.groupBy(items, ({ scope }) => scope.account).size).toBe(3);
    expect(items).toHaveLength(13);
    const today = clock.today();
    expect(items.every(({ start, end }) => start !== null && end !== null && start < today && end > today)).toBe(true);
    const asked = sandbox.calls.filter(({ path }) => path.includes('/optimization/'));
    expect(asked.filter(({ path }) => path.endsWith('/summary'))).toHaveLength(3);
    expect(asked.filter(({ path }) => path.endsWith('/list'))).toHaveLength(5);
  });

  test('is the same where ids come as numbers and figures as texts', async () => {
    const sparse = await cloudspend.sandbox({ clock, variant: 'sparse' });
    const other = connectTo(cloudspend, sparse);
    expect(await other.capabilities.commitments?.list(plainSession(other, clock))).toEqual(await list());
    await sparse.close();
  });

  test('goes on where a part fails, and says which', async () => {
    const root = '/cs/api/cost/optimization';
    sandbox.faults.set([
      { path: `${root}/33240000000059001/summary`, kind: 'status', status: 404 },
      { path: `${root}/33240000000011003/utilization/2/list`, kind: 'body', body: '[]' },
    ]);
    const reading = await list();
    expect(reading?.items).toHaveLength(4);
    expect(reading?.faults.map(({ path }) => path)).toEqual([
      'reservation summary 33240000000059001',
      'reservations 33240000000011003 2',
    ]);
  });
});
