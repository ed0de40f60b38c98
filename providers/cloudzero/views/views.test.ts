import { afterEach, describe, expect, test } from 'vitest';
import type { MonitorInput } from '../../../src/domain/nouns.ts';
import { Failure, type Session, type VendorRequest } from '../../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const open = async (variant = 'live', settings: Record<string, string> = {}) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox?.({ clock, variant });
  if (sandbox === undefined) throw new TypeError('there is a sandbox');
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, settings);
  const sent: VendorRequest[] = [];
  const plain = plainSession(connector, clock);
  const session: Session = {
    ...plain,
    call: (request) => {
      sent.push(request);
      return plain.call(request);
    },
  };
  const { monitors } = connector.capabilities;
  const { create, replace, remove } = monitors?.writes ?? {};
  if (!(monitors?.writes && create && replace && remove)) throw new TypeError('all of them are expected');
  const effects = () => sent.filter((request) => request.effect === 'write');
  const bodies = () => effects().map(({ json }): unknown => JSON.parse(JSON.stringify(json ?? null)));
  const find = async (id: string) => (await monitors.list(session)).items.find((each) => each.nativeId === id);
  return { sandbox, session, monitors, writes: monitors.writes, create, replace, remove, effects, bodies, find };
};
const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const thrown: unknown = await promise.catch((reason: unknown) => reason);
  if (thrown instanceof Failure) return thrown;
  throw new TypeError('expected a failure');
};
const input = (more: Partial<MonitorInput> = {}): MonitorInput => ({
  name: 'RDS watch',
  description: null,
  filters: { service: ['AmazonRDS'], 'tag:Team': ['platform', 'data'] },
  groupBy: ['account'],
  sensitivity: 'medium',
  minImpact: { amount: '10.5', currency: 'USD' },
  ...more,
});

describe('live views are monitors', () => {
  test('in our dimensions, with what a monitor cannot say in the notes', async () => {
    const { monitors, session } = await open();
    const reading = await monitors.list(session);
    expect(reading.faults).toEqual([]);
    expect(reading.items).toEqual([
      {
        nativeId: 'view-3d1f0a52',
        name: 'Production',
        description: null,
        filters: { 'tag:Environment': ['production'] },
        groupBy: ['service'],
        sensitivity: 'medium',
        minImpact: null,
        createdAt: null,
        updatedAt: '2026-05-05T08:15:00Z',
      },
      expect.objectContaining({ name: 'Data platform', minImpact: { amount: '50', currency: 'USD' } }),
      expect.objectContaining({ name: 'Checkout', filters: { 'tag:Product': ['Checkout'] }, groupBy: ['tag:Team'] }),
      expect.objectContaining({ name: 'Everything', filters: {}, groupBy: ['account'] }),
    ]);
    expect(reading.notes.map((note) => note.code)).toEqual([
      'sensitivity-automatic',
      'threshold-percent',
      'view-not-watching',
    ]);
    expect(reading.notes[1]?.message).toContain('"Data platform" has a threshold of 25 percent');
    expect(reading.notes[2]?.message).toContain('"Compute"');
  });

  test('are all read where the document leaves their settings out, over several pages', async () => {
    const { monitors, session, sandbox } = await open('live-loose');
    const reading = await monitors.list(session);
    expect(reading.faults).toEqual([]);
    expect(reading.items).toHaveLength(5);
    const queries = sandbox.calls.filter((call) => call.path === '/v2/views').map((call) => call.query);
    expect(queries[0]).toBe('limit=100');
    expect(queries.slice(1).every((query) => /^cursor=[^&]+$/.test(query))).toBe(true);
    expect(queries).toHaveLength(3);
  });

  test('are created, replaced and removed, each with one request and its key', async () => {
    const { session, monitors, writes, create, replace, remove, effects, bodies, find } = await open();
    const created = await create.send(session, { input: input() }, 'k1');
    expect(writes.matches(created, input())).toBe(true);
    const { nativeId } = created;
    const other = input({ name: 'Watch', filters: {}, groupBy: ['tag:Product'], minImpact: null });
    expect(writes.matches(await replace.send(session, { nativeId, input: other }, 'k2'), other)).toBe(true);
    const shown = await find(nativeId);
    expect(shown !== undefined && writes.matches(shown, other)).toBe(true);
    expect(shown !== undefined && writes.matches(shown, input())).toBe(false);
    expect(await remove.send(session, { nativeId }, 'k3')).toBeNull();
    expect((await failureOf(remove.send(session, { nativeId }, 'k4'))).kind).toBe('vendor-not-found');
    expect((await monitors.list(session)).items).toHaveLength(4);
    expect(effects().map(({ method, headers }) => [method, headers?.['cloudzero-idempotency-key']])).toEqual([
      ['POST', 'k1'],
      ['PATCH', 'k2'],
      ['DELETE', 'k3'],
      ['DELETE', 'k4'],
    ]);
    expect(bodies().slice(0, 2)).toEqual([
      {
        name: 'RDS watch',
        filter: { Service: ['AmazonRDS'], 'Tag:Team': ['platform', 'data'] },
        principal_dimension: 'Account',
        connections: {},
        anomalies: { enabled: true, threshold_type: 'Automatic', min_cost_impact: 10.5 },
      },
      {
        name: 'Watch',
        filter: {},
        principal_dimension: 'User:Defined:Product',
        anomalies: { enabled: true, threshold_type: 'Automatic', threshold_value: 0, min_cost_impact: 0 },
      },
    ]);
  });

  test('the same write sent twice is one view, as it is said to be', async () => {
    const { session, create } = await open();
    const one = await create.send(session, { input: input() }, 'same');
    expect((await create.send(session, { input: input() }, 'same')).nativeId).toBe(one.nativeId);
    expect((await create.send(session, { input: input() }, 'other')).nativeId).not.toBe(one.nativeId);
    const { deduplicates } = create;
    expect(typeof deduplicates === 'boolean' ? deduplicates : await deduplicates(session)).toBe(true);
  });

  test('a threshold of its own and whom it notifies stay when a view is replaced', async () => {
    const { session, replace, bodies } = await open();
    await replace.send(session, { nativeId: 'view-8c7be914', input: input() }, 'k');
    expect(bodies()).toEqual([
      {
        name: 'RDS watch',
        filter: { Service: ['AmazonRDS'], 'Tag:Team': ['platform', 'data'] },
        principal_dimension: 'Account',
        anomalies: { enabled: true, threshold_type: 'Percent', threshold_value: 25, min_cost_impact: 10.5 },
      },
    ]);
  });

  test('an answer to a write is read under view and from the top', async () => {
    const { sandbox, session, create } = await open('live', { dialect: 'live' });
    const view = { id: 9, name: 'V', filter: {}, principal_dimension: 'Service', connections: {} };
    for (const body of [{ view }, view]) {
      sandbox.faults.set([{ path: '/v2/views', method: 'POST', kind: 'body', body: JSON.stringify(body) }]);
      expect(await create.send(session, { input: input() }, 'k')).toMatchObject({
        nativeId: '9',
        groupBy: ['service'],
      });
    }
    sandbox.faults.set([{ path: '/v2/views', method: 'POST', kind: 'body', body: '{}' }]);
    expect(await failureOf(create.send(session, { input: input() }, 'k'))).toMatchObject({ kind: 'vendor-malformed' });
  });

  const unholdable: [string, MonitorInput, RegExp][] = [
    ['a description', input({ description: 'Databases.' }), /no description/],
    ['a sensitivity', input({ sensitivity: 'high' }), /medium/],
    ['no dimension to group by', input({ groupBy: [] }), /exactly one/],
    ['two dimensions to group by', input({ groupBy: ['account', 'service'] }), /exactly one/],
    ['a filter by resource', input({ filters: { resource: ['r'] } }), /resource/],
    ['another currency', input({ minImpact: { amount: '1', currency: 'EUR' } }), /USD/],
    ['a key that is no dimension', input({ filters: { team: ['x'] } }), /team/],
    ['a filter by cloud', input({ filters: { cloud: ['aws'] } }), /tag:CloudProvider/],
  ];
  test.each(unholdable)('%s is refused with what is possible, and nothing is sent', async (_name, each, words) => {
    const { session, create, writes, effects } = await open();
    expect(writes.cannotHold(each)).toBeNull();
    const fixed = await open('live', { dialect: 'live' });
    expect(fixed.writes.cannotHold(each)).toMatch(words);
    expect(await failureOf(create.send(session, { input: each }, 'k'))).toMatchObject({
      kind: 'capability-unsupported',
      details: { effect: 'never', public: expect.stringMatching(words) },
    });
    expect(effects()).toEqual([]);
  });

  test('a dimension that the organisation lacks is named before anything is sent', async () => {
    const { session, create, effects } = await open();
    const failure = await failureOf(create.send(session, { input: input({ groupBy: ['tag:None'] }) }, 'k'));
    expect(failure).toMatchObject({ kind: 'capability-unsupported', details: { effect: 'never' } });
    expect(failure.details.public).toContain('tag:None');
    expect(effects()).toEqual([]);
  });

  test('those that no monitor can say are noted, and bad ones are named', async () => {
    const { sandbox, session, monitors } = await open('live', { dialect: 'live' });
    const view = { name: '', filter: {}, principal_dimension: 'Service', connections: {}, last_updated: 'soon' };
    const views = [
      { ...view, id: 1 },
      { ...view, id: 'two', filter: { '!Account': ['1'] } },
      { ...view, id: 'three', filter: { Service: 'AmazonS3' } },
      { ...view, id: 'four', anomalies: { enabled: true, threshold_type: 'Absolute', threshold_value: 3 } },
      { ...view },
      null,
      { ...view, id: 1, name: 'again' },
    ];
    sandbox.faults.set([{ path: '/v2/views', kind: 'body', body: JSON.stringify({ views }) }]);
    const reading = await monitors.list(session);
    expect(reading.items).toMatchObject([{ nativeId: '1', name: '1', updatedAt: null }, { nativeId: 'four' }]);
    expect(reading.notes.map((note) => note.code)).toEqual([
      'sensitivity-automatic',
      'threshold-percent',
      'view-inexpressible',
    ]);
    expect(reading.notes[1]?.message).toContain('Absolute 3');
    expect(reading.faults.map((fault) => fault.path)).toEqual([
      'views[2].filter.Service',
      'views[4].id',
      'views[5]',
      'views(id=1)',
    ]);
  });

  test('a key that lacks the scope for views is told its name', async () => {
    const { sandbox, session, monitors } = await open('live', { dialect: 'live' });
    sandbox.faults.set([{ path: '/v2/views', kind: 'body', status: 403, body: '{"message":"Forbidden"}' }]);
    expect((await failureOf(monitors.list(session))).details.public).toContain('views:read_views');
  });
});
