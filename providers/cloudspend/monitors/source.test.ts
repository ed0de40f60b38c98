import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MonitorInput } from '../../../src/domain/nouns.ts';
import { type Connector, Failure, type Session } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';
import { checksOf } from './normalise.ts';
import { createCheckRequest } from './requests.ts';
import { cannotHold, matches } from './writes.ts';

const clock = new VirtualClock();
let sandbox: RunningSandbox;
let connector: Connector;
let session: Session;
beforeEach(async () => {
  sandbox = await cloudspend.sandbox({ clock });
  connector = connectTo(cloudspend, sandbox);
  session = plainSession(connector, clock);
});
afterEach(() => sandbox.close());

const list = async () => connector.capabilities.monitors?.list(session);
const create = async (input: MonitorInput) => {
  const write = connector.capabilities.monitors?.writes?.create;
  if (write === undefined) throw new TypeError('checks can be created');
  return write.send(session, { input }, 'key');
};
const input = (more: Partial<MonitorInput> = {}): MonitorInput => ({
  name: 'Shop watch',
  description: null,
  filters: { account: ['33240000000059001'] },
  groupBy: [],
  sensitivity: 'high',
  minImpact: { amount: '10', currency: 'USD' },
  ...more,
});

describe('checks', () => {
  test('are monitors of an account or a cost center', async () => {
    const reading = await list();
    expect(reading?.faults).toEqual([]);
    expect(reading?.notes.map((note) => note.code)).toEqual(['sensitivity-unknown']);
    expect(reading?.items.map(({ name, filters }) => [name, filters]).sort()).toEqual([
      ['Commerce watch', { costCenter: ['33240000000925017'] }],
      ['Retail watch', { account: ['33240000000059001'] }],
      ['Workplace watch', { account: ['33240000000011003'] }],
    ]);
  });

  test('are created, and neither changed nor removed', async () => {
    const writes = connector.capabilities.monitors?.writes;
    expect(writes).not.toHaveProperty('replace');
    expect(writes).not.toHaveProperty('remove');
    const created = await create(input());
    expect(created).toMatchObject(input());
    const shown = (await list())?.items.find((check) => check.nativeId === created.nativeId);
    expect(shown !== undefined && matches(shown, input())).toBe(true);
    expect(shown !== undefined && matches(shown, input({ name: 'Other' }))).toBe(false);
    expect(shown !== undefined && matches(shown, input({ filters: { account: ['1'] } }))).toBe(false);
    const center = input({ filters: { costCenter: ['33240000000925021'] }, minImpact: null, sensitivity: 'low' });
    expect(await create(center)).toMatchObject(center);
  });

  test('hear of the levels that their sensitivity wants', () => {
    const place = { currency: 'USD', policyId: '1', contacts: ['53565000000014003'] };
    const levels = (['low', 'medium', 'high'] as const).map((sensitivity) =>
      JSON.stringify(createCheckRequest(input({ sensitivity, minImpact: null }), place).json),
    );
    expect(levels[0]).toContain('"alert_configurations":{"low":false,"medium":false,"high":true}');
    expect(levels[1]).toContain('"alert_configurations":{"low":false,"medium":true,"high":true}');
    expect(levels[2]).toContain('"alert_configurations":{"low":true,"medium":true,"high":true}');
    expect(levels[0]).toContain('"budget_value":0');
  });

  test.each([
    ['two accounts', { filters: { account: ['1', '2'] } }],
    ['an account and a cost center', { filters: { account: ['1'], costCenter: ['2'] } }],
    ['a service', { filters: { service: ['s'] } }],
    ['nothing', { filters: {} }],
    ['no value', { filters: { account: [] } }],
    ['groups', { groupBy: ['service'] }],
    ['a description', { description: 'd' }],
  ])('of %s cannot be held', (_name, more) => {
    expect(cannotHold(input())).toBeNull();
    expect(cannotHold(input(more))).toMatch(/^A CloudSpend anomaly check/);
  });

  test('that are refused keep the kind, and tell of the policy that stays', async () => {
    const thrown = async (wanted: MonitorInput): Promise<unknown> => create(wanted).catch((reason: unknown) => reason);
    sandbox.faults.set([{ path: '/cs/api/cost/checks', kind: 'body', status: 400, body: '{"code":400}' }]);
    const refused = await thrown(input());
    expect(refused).toBeInstanceOf(Failure);
    expect(refused).toMatchObject({
      kind: 'vendor-rejected',
      details: { public: expect.stringContaining('made for the check') },
    });
    sandbox.faults.set([{ path: '/cs/api/cost/anomaly/budget_policy', kind: 'body', status: 403, body: '{}' }]);
    expect(await thrown(input())).toMatchObject({ kind: 'permission-missing', details: { effect: 'never' } });
    sandbox.faults.clear();
    expect(await thrown(input({ minImpact: { amount: '1', currency: 'EUR' } }))).toMatchObject({
      kind: 'capability-unsupported',
      details: { effect: 'never' },
    });
  });

  test('that do not fit are told, and a list of another shape fails', () => {
    const row = { checks_id: 1, checks_name: 'a', account_type: 2, account_id: 'r' };
    const values = [row, { ...row, checks_id: null }, { ...row, account_type: 9 }, null];
    const { items, faults } = checksOf({ code: 0, data: [{ id: 0, values }, { id: 1 }] }, 'data');
    expect(items).toMatchObject([{ nativeId: '1', filters: { view: ['r'] } }]);
    expect(faults.map((fault) => fault.path)).toEqual([
      'data[1].values',
      'data[0].values[1].checks_id',
      'data[0].values[2].account_type',
      'data[0].values[3]',
    ]);
    expect(checksOf({ code: 0 }, 'data').items).toEqual([]);
    expect(() => checksOf({ code: 0, data: { checks: [] } }, 'data')).toThrow('anomaly dashboard');
  });
});
