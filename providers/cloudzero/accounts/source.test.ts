import { afterEach, expect, test } from 'vitest';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, fillWhole, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const open = async (variant: string) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant });
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox);
  const session = plainSession(connector, clock);
  const { accounts } = connector.capabilities;
  if (accounts === undefined) throw new TypeError('there are accounts');
  const fill = (start: string, end: string) =>
    fillWhole(connector, session, {
      cube: 'costs',
      dimensions: ['account', 'service', 'region'],
      costType: 'billed',
      start,
      end,
    });
  const queries = () => sandbox.calls.filter((call) => call.path === '/v2/billing/costs');
  return { sandbox, list: () => accounts.list(session), fill, queries };
};

const everyAccount = [
  ['066517428893', '066517428893'],
  ['204867153309', 'Production'],
  ['571940286631', 'Staging'],
  ['839402175560', 'Data platform'],
];

test.each(['live', 'published'])('accounts are known from costs that were read anyway, %s', async (variant) => {
  const { list, fill, queries } = await open(variant);
  await fill('2026-11-01', '2026-11-22');
  const reading = await list();
  expect(reading.faults).toEqual([]);
  expect(reading.items.map(({ nativeId, name }) => [nativeId, name])).toEqual(everyAccount);
  expect(reading.items[0]).toEqual({
    nativeId: '066517428893',
    name: '066517428893',
    kind: 'account',
    parentId: null,
    state: 'active',
    currentMonth: null,
    previousMonth: null,
    forecast: null,
  });
  expect(reading.notes).toMatchObject([
    { code: 'accounts-from-costs', message: expect.stringContaining('since 2026-11-01') },
  ]);
  expect(queries()).toHaveLength(1);
});

test.each(['live', 'published'])(
  'where no costs were read, one query for two months tells them, once, %s',
  async (variant) => {
    const { list, queries } = await open(variant);
    expect((await list()).items.map(({ nativeId, name }) => [nativeId, name])).toEqual(everyAccount);
    expect((await list()).notes[0]?.message).toContain('since 2026-10-01');
    expect(queries()).toHaveLength(1);
  },
);

test('costs of other months do not stand for those of this one', async () => {
  const { list, fill, queries } = await open('live');
  await fill('2026-08-01', '2026-09-01');
  expect((await list()).items).toHaveLength(4);
  expect(queries()).toHaveLength(2);
});

test('a list that cannot be read whole is a failure, not a short list', async () => {
  const { sandbox, list } = await open('live');
  const page = { costs: [{ usage_date: 'soon', cost: 1, Account: '1' }] };
  sandbox.faults.set([{ path: '/v2/billing/costs', kind: 'body', body: JSON.stringify(page) }]);
  await expect(list()).rejects.toMatchObject({ kind: 'vendor-incomplete' });
});
