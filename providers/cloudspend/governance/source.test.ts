import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Connector } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudspend } from '../manifest.ts';
import { governancePolicies, taggingPolicy, taggingReports } from './normalise.ts';

const check = {
  checks_id: '95',
  checks_name: 'BU Spending Limit',
  account_type: 1,
  account_id: '33240000000060001',
  mode: 5,
  status: 2,
  current_value: 7500,
  threshold: 5000,
  last_checked_time: '1766393530000',
};
const answer = (...data: unknown[]) => ({ message: 'success', code: 0, data });

describe('a governance check', () => {
  test('counts findings, and keeps its threshold to the last digit', () => {
    expect(governancePolicies(answer({ ...check, threshold: '1e+25' }), 'checks')).toEqual({
      faults: [],
      items: [
        {
          nativeId: 'governance:95',
          name: 'BU Spending Limit',
          kind: 'governance',
          status: 'violated',
          nativeStatus: '2',
          findings: 7500,
          value: '7500',
          threshold: '10000000000000000000000000',
          unit: 'count',
          scope: { costCenter: '33240000000060001' },
          checkedAt: '2025-12-22T08:52:10Z',
        },
      ],
    });
  });

  test.each([
    ['1', { status: 1 }, 'ok'],
    ['3', { status: '3' }, 'unknown'],
    [null, { status: null }, 'unknown'],
  ])('of status %s has one of our words beside it', (nativeStatus, more, status) => {
    expect(governancePolicies(answer({ ...check, ...more }), 'checks').items).toMatchObject([{ status, nativeStatus }]);
  });

  test.each([
    ['a percentage', { mode: 6, current_value: '12.5' }, 'percent', '12.5'],
    ['of an unknown mode', { mode: 9 }, null, '7500'],
    ['without a value', { current_value: null }, 'count', null],
    ['of half a thing', { current_value: 0.5 }, 'count', '0.5'],
  ])('%s counts nothing', (_what, more, unit, value) => {
    expect(governancePolicies(answer({ ...check, ...more }), 'checks').items).toMatchObject([
      { findings: null, unit, value },
    ]);
  });

  test('that cannot be read is a fault; none at all is none', () => {
    const { items, faults } = governancePolicies(
      answer({ ...check, current_value: 'many' }, { ...check, checks_id: null }, check),
      'checks',
    );
    expect(items).toHaveLength(1);
    expect(faults.map(({ path }) => path)).toEqual(['checks[0].current_value', 'checks[1].checks_id']);
    expect(governancePolicies({ code: 0, message: 'success' }, 'checks').items).toEqual([]);
    expect(() => governancePolicies({ code: 0, data: 'none' }, 'checks')).toThrow('governance dashboard');
  });
});

describe('a report on tags', () => {
  const each = { id: '1', name: 'Owner', disabled: false };
  const summary = (total: string, percentage: string) => ({
    data: { total_resources: total, non_compliant_resource_percentage: percentage },
  });

  test.each([
    ['45', '100.0', 'violated', 45],
    ['45', '62.2', 'violated', 28],
    ['45', '0.0', 'ok', 0],
    ['0', '0.0', 'ok', 0],
    ['45', '63.0', 'violated', null],
    ['5000', '62.2', 'violated', null],
  ])('over %s resources, %s %% of them without a tag', (total, percentage, status, findings) => {
    expect(taggingPolicy(summary(total, percentage), each)).toMatchObject({ status, findings, threshold: '0' });
  });

  test('has to be a count and a percentage', () => {
    expect(() => taggingPolicy(summary('4.5', '1'), each)).toThrow('tagging summary 1');
    expect(() => taggingPolicy({ data: {} }, each)).toThrow('tagging summary 1');
    expect(taggingReports(answer({ ID: 1, NAME: 'a' }, { NAME: 'b' }))).toEqual({
      items: [{ id: '1', name: 'a', disabled: false }],
      faults: [{ path: 'tagging reports data[1].ID', message: expect.any(String) }],
    });
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
  const list = async () => connector.capabilities.policies?.list(plainSession(connector, clock));

  test('has the checks of all kinds of account, and the reports on tags', async () => {
    const reading = await list();
    expect(reading).toMatchObject({ notes: [{ code: 'default-tagging-reports-unread' }], faults: [] });
    expect(reading?.items.map(({ name, status, scope }) => [name, status, Object.keys(scope)[0]])).toEqual([
      ['Untagged machines', 'violated', 'account'],
      ['Idle disks', 'ok', 'account'],
      ['Commerce share', 'ok', 'costCenter'],
      ['Report size', 'ok', 'view'],
      ['Owner everywhere', 'violated', undefined],
      ['Cost center', 'ok', undefined],
      ['Retired', 'unknown', undefined],
    ]);
  });

  test('is the same where ids come as numbers and figures as texts', async () => {
    const sparse = await cloudspend.sandbox({ clock, variant: 'sparse' });
    const other = connectTo(cloudspend, sparse);
    expect(await other.capabilities.policies?.list(plainSession(other, clock))).toEqual(await list());
    await sparse.close();
  });

  test('goes on where a part fails, and says which', async () => {
    sandbox.faults.set([
      { path: '/cs/api/cost/governance/dashboard', kind: 'status', status: 404 },
      { path: '/cs/api/cost/reports/compliance/summary/tagging', kind: 'body', body: '{"code":0,"data":{}}' },
    ]);
    const reading = await list();
    expect(reading?.items.map(({ name }) => name)).toEqual(['Retired']);
    expect(reading?.faults.map(({ path }) => path)).toEqual([
      'governance dashboard 0',
      'governance dashboard 1',
      'governance dashboard 2',
      'tagging summary 33240000000667001',
      'tagging summary 33240000000667005',
    ]);
  });
});
