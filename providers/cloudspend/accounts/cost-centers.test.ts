import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';
import { costCentersOf } from './normalise.ts';

const clock = new VirtualClock();
let sandbox: RunningSandbox;
let session: Session;
let costCenters: () => unknown;
beforeAll(async () => {
  sandbox = await cloudspend.sandbox({ clock });
  const connector = connectTo(cloudspend, sandbox);
  session = plainSession(connector, clock);
  costCenters = () => connector.capabilities.costCenters?.list(session);
});
afterAll(() => sandbox.close());

describe('cost centers', () => {
  test('have the accounts of the vendor, and no figure that it does not tell', async () => {
    expect(await costCenters()).toEqual({
      items: [
        {
          nativeId: '33240000000925017',
          name: 'Commerce',
          accounts: ['33240000000059001', '33240000000011003'],
          currentMonth: null,
        },
        { nativeId: '33240000000925021', name: 'Insights', accounts: ['33240000000061003'], currentMonth: null },
      ],
      notes: [],
      faults: [],
    });
  });

  test('that do not fit are told, and a list of another shape fails', () => {
    const units = [{ id: 1, name: 'a' }, { id: null, name: 'b' }, { id: 2, name: 'c', cost_account_id: 'x' }, 5];
    const { items, faults } = costCentersOf({ code: 0, data: { business_units: units } });
    expect(items).toMatchObject([{ nativeId: '1', accounts: [] }]);
    expect(faults.map((fault) => fault.path)).toEqual([
      'cost_centers[1].id',
      'cost_centers[2].cost_account_id',
      'cost_centers[3]',
    ]);
    for (const json of [{ code: 0 }, { code: 0, data: {} }, { code: 0, data: [] }]) {
      expect(costCentersOf(json).items).toEqual([]);
    }
    for (const json of [{}, { code: 0, data: [{}] }, { code: 0, data: { units: [] } }]) {
      expect(() => costCentersOf(json)).toThrow(expect.objectContaining({ kind: 'vendor-malformed' }));
    }
  });
});
