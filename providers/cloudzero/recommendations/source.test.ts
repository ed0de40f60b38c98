import { afterEach, describe, expect, test } from 'vitest';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const open = async (variant: string, settings: Record<string, string> = {}) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox?.({ clock, variant });
  if (sandbox === undefined) throw new TypeError('there is a sandbox');
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, settings);
  const session = plainSession(connector, clock);
  const { recommendations } = connector.capabilities;
  if (recommendations === undefined) throw new TypeError('there are recommendations');
  return { sandbox, list: () => recommendations.list(session) };
};
const noInsights = { path: '/v2/insights', kind: 'body' as const, body: '{"insights":[]}' };
const path = '/v2/optimize/recommendations';

describe('live recommendations', () => {
  test('are those of the vendor and the insights that are tracked work', async () => {
    const { list } = await open('live', { currency: 'EUR' });
    const reading = await list();
    expect(reading.faults).toEqual([]);
    expect(reading.notes.map((note) => note.code)).toEqual(['recommendations-from-one', 'insights-included']);
    const [first] = reading.items;
    expect(first).toMatchObject({
      nativeId: expect.stringMatching(/^rec-/),
      description: expect.any(String),
      savings: { amount: expect.any(String), currency: 'EUR' },
      scope: { account: expect.any(String), service: expect.any(String), region: expect.any(String) },
      link: null,
    });
    const own = reading.items.filter((each) => each.nativeId.startsWith('rec-'));
    expect(own.every((each) => Number(each.savings?.amount) >= 1)).toBe(true);
    expect(reading.items.filter((each) => !each.nativeId.startsWith('rec-'))).toEqual([
      {
        nativeId: 'insight-7919',
        title: 'Move idle development databases to smaller classes',
        description: 'Four staging databases stayed below 5 % of their capacity for a month.',
        category: 'optimization',
        status: 'new',
        effort: 'low',
        savings: { amount: '412.8837210644', currency: 'EUR' },
        scope: {},
        link: 'https://app.cloudzero.com/insights/1',
      },
      expect.objectContaining({ status: 'in_progress', effort: 'medium', link: null }),
      expect.objectContaining({ status: 'addressed' }),
    ]);
  });

  test('go on by their number where the vendor gives no cursor, and keep what is not documented as it is', async () => {
    const { sandbox, list } = await open('live-loose');
    const reading = await list();
    expect(reading.faults).toEqual([]);
    const queries = sandbox.calls.filter((call) => call.path === path).map((call) => call.query);
    expect(queries.slice(0, 3)).toEqual(['limit=1000', 'limit=1000&offset=5', 'limit=1000&offset=10']);
    const own = reading.items.filter((each) => each.nativeId.startsWith('rec-'));
    expect(own.length).toBeGreaterThan(10);
    expect(own.every((each) => each.status === 'snoozed' && each.description === null)).toBe(true);
    expect(own.every((each) => each.scope.account === undefined)).toBe(true);
    expect(reading.items.find((each) => each.title === 'Something that costs more')?.savings?.amount).toBe('5');
  });

  test('follow a cursor, which goes alone', async () => {
    const { sandbox, list } = await open('live', { dialect: 'live' });
    const page = (id: string, next: string | null) => ({
      path,
      kind: 'body' as const,
      times: 1,
      body: JSON.stringify({
        recommendations: [{ recommendation_id: id, title: 'T', category: 'C', optimization_id: 'o' }],
        pagination: { total_count: 2, cursor: { next_cursor: next, has_next: next !== null } },
      }),
    });
    sandbox.faults.set([page('a', 'c+/='), page('b', null), noInsights]);
    const reading = await list();
    expect(reading.items).toMatchObject([
      { nativeId: 'a', savings: null, effort: 'unknown', status: 'unknown', scope: {} },
      { nativeId: 'b' },
    ]);
    const queries = sandbox.calls.filter((call) => call.path === path).map((call) => call.query);
    expect(queries).toEqual(['limit=1000', 'cursor=c%2B%2F%3D']);
  });

  test('that cannot be read are named', async () => {
    const { sandbox, list } = await open('live', { dialect: 'live' });
    const good = { recommendation_id: 'a', title: 'T', category: 'C', optimization_id: 'o' };
    const recommendations = [
      { ...good, cost_impact_last_30_days: 1e25 },
      { ...good, recommendation_id: null },
      { ...good, recommendation_id: 'c', cost_impact_last_30_days: 'much' },
      { ...good, recommendation_id: 17, account: 'one', region: ['eu-west-1'] },
      3,
    ];
    sandbox.faults.set([{ path, kind: 'body', body: JSON.stringify({ recommendations }) }, noInsights]);
    const reading = await list();
    expect(reading.items).toMatchObject([
      { savings: { amount: `1${'0'.repeat(25)}` } },
      { nativeId: '17', scope: { region: 'eu-west-1' } },
    ]);
    expect(reading.faults.map((fault) => fault.path)).toEqual([
      'recommendations[1].recommendation_id',
      'recommendations[2].cost_impact_last_30_days',
      'recommendations[4]',
    ]);
  });

  test('stay readable where insights are not, and the other way round', async () => {
    const { sandbox, list } = await open('live', { dialect: 'live' });
    sandbox.faults.set([{ path: '/v2/insights', kind: 'body', status: 403, body: '{"message":"no"}' }]);
    const without = await list();
    expect(without.items.length).toBeGreaterThan(5);
    expect(without.faults).toMatchObject([
      { path: 'insights', message: expect.stringContaining('insights:read_insights') },
    ]);
    const detail = [{ loc: ['query', 'limit'], msg: 'is too small', type: 'value_error' }];
    sandbox.faults.set([{ path, kind: 'body', status: 422, body: JSON.stringify({ detail }) }]);
    const other = await list();
    expect(other.items).toHaveLength(3);
    expect(other.faults).toMatchObject([
      { path: 'recommendations', message: expect.stringContaining('query.limit: is too small') },
    ]);
    sandbox.faults.set([{ kind: 'body', status: 403, body: '{"message":"no"}' }]);
    await expect(list()).rejects.toMatchObject({ kind: 'permission-missing' });
  });

  test('come without texts where their kinds cannot be read, which is said', async () => {
    const { sandbox, list } = await open('live');
    sandbox.faults.set([{ path: '/v2/optimize/recommendation_types', kind: 'status', status: 404 }]);
    const reading = await list();
    expect(reading.faults).toEqual([]);
    expect(reading.items[0]?.description).toBeNull();
    expect(reading.notes.map((note) => note.code)).toContain('recommendation-types-unread');
  });
});

test('a link that is none leads nowhere', async () => {
  const { sandbox, list } = await open('live', { dialect: 'live' });
  const insights = [{ id: 1, title: 'T', category: 'C', status: 'new', effort: 'HIGH', link: 'javascript:alert(1)' }];
  sandbox.faults.set([
    { path, kind: 'body', body: '{"recommendations":[]}' },
    { path: '/v2/insights', kind: 'body', body: JSON.stringify({ insights }) },
  ]);
  expect((await list()).items).toMatchObject([{ nativeId: '1', effort: 'high', link: null, savings: null }]);
});

test('the published dialect has none, and says so', async () => {
  const { list } = await open('published');
  expect(await list()).toMatchObject({ items: [], faults: [], notes: [{ code: 'published-insights-are-monitors' }] });
});
