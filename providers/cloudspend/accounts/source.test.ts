import { expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import overview from '../fixtures/accounts-overview.json' with { type: 'json' };
import { cloudspend } from '../manifest.ts';
import { joinAccounts, overviewOf } from './normalise.ts';

test('the state of a cost account is the group that it stands in', () => {
  const { items, faults } = overviewOf(overview, 'CAD');
  expect(faults).toEqual([]);
  expect(items).toMatchObject([
    {
      nativeId: '33240000000059001',
      state: 'active',
      currentMonth: { amount: '836.17', currency: 'CAD' },
      previousMonth: { amount: '15003.418', currency: 'CAD' },
      forecast: { amount: '14057.39', currency: 'CAD' },
    },
    { nativeId: '33240000000061003', state: 'suspended', currentMonth: null, forecast: null },
  ]);
});

test('bad accounts and accounts in two groups are told', () => {
  const all_accounts = {
    processed_accounts: { a: { account_name: 'A', forecast_val: 'NaN' }, b: { account_name: 'B' } },
    suspended_accounts: { b: { account_name: 'B' } },
    processing_accounts: [],
  };
  const { items, faults } = overviewOf({ code: 0, data: { all_accounts } }, 'USD');
  expect(items).toMatchObject([{ nativeId: 'b', state: 'active' }]);
  expect(faults.map((fault) => fault.path)).toEqual([
    'budget/accounts processed_accounts.a.forecast_val',
    'budget/accounts suspended_accounts.b',
  ]);
});

test('an account without a state is shown and noted', () => {
  const { items, notes } = joinAccounts(overviewOf(overview, 'USD').items, [
    { id: '1', name: 'New', cloud: 0, children: [{ id: '11', name: 'child' }] },
  ]);
  expect(items.map((item) => [item.nativeId, item.kind, item.parentId])).toEqual([
    ['1', 'account', null],
    ['11', 'sub-account', '1'],
    ['33240000000059001', 'account', null],
    ['33240000000061003', 'account', null],
  ]);
  expect(notes).toMatchObject([{ code: 'account-state-unknown' }]);
});

test('the list has both levels of the sandbox, and the dimensions are those of the cubes', async () => {
  const clock = new VirtualClock();
  const sandbox = await cloudspend.sandbox({ clock });
  const connector = connectTo(cloudspend, sandbox);
  const session = plainSession(connector, clock);
  const reading = await connector.capabilities.accounts?.list(session);
  expect(reading?.faults).toEqual([]);
  expect(reading?.notes).toEqual([]);
  expect(Object.groupBy(reading?.items ?? [], (item) => item.kind)).toMatchObject({
    account: { length: 4 },
    'sub-account': { length: 8 },
  });
  expect(await connector.capabilities.dimensions?.list(session)).toEqual({
    items: ['account', 'service', 'region', 'category', 'cloud'],
    notes: [],
    faults: [],
  });
  sandbox.faults.set([{ path: '/cs/api/cost/budget/accounts', kind: 'body', body: '{}' }]);
  await expect(connector.capabilities.accounts?.list(session)).rejects.toMatchObject({ kind: 'vendor-malformed' });
  await sandbox.close();
});
