import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { MonitorInput } from '../../../src/domain/nouns.ts';
import { Failure } from '../../../src/vendor/kit/index.ts';
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
  const sandbox = await cloudzero.sandbox({ clock, variant });
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, settings);
  const session = plainSession(connector, clock);
  const { monitors, recommendations } = connector.capabilities;
  const { create, replace, remove } = monitors?.writes ?? {};
  if (!(monitors?.writes && recommendations && create && replace && remove)) throw new TypeError('both are expected');
  const written = () => sandbox.calls.filter((call) => call.method !== 'GET').map((call) => call.method);
  return { sandbox, session, monitors, writes: monitors.writes, recommendations, create, replace, remove, written };
};
const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const thrown: unknown = await promise.catch((reason: unknown) => reason);
  if (thrown instanceof Failure) return thrown;
  throw new TypeError('expected a failure');
};
const input = (more: Partial<MonitorInput> = {}): MonitorInput => ({
  name: 'RDS watch',
  description: 'Databases.',
  filters: { service: ['AmazonRDS'], 'tag:Team': ['shop', 'data'] },
  groupBy: ['service', 'account'],
  sensitivity: 'medium',
  minImpact: null,
  ...more,
});

describe('published insights are monitors', () => {
  test('in our dimensions', async () => {
    const { monitors, session, recommendations } = await open('published');
    const reading = await monitors.list(session);
    expect(reading.faults).toEqual([]);
    expect(reading.notes.map((note) => note.code)).toEqual(['sensitivity-unknown']);
    expect(reading.items).toMatchObject([
      {
        name: 'Database spend',
        description: 'Databases by account.',
        filters: { service: ['AmazonRDS', 'AmazonDynamoDB'] },
        groupBy: ['account'],
        sensitivity: 'medium',
        minImpact: null,
        createdAt: '2026-10-12T14:05:00Z',
      },
      { description: null, filters: { category: ['Compute Instance'] }, groupBy: ['tag:Team'] },
      { filters: { 'tag:Team': ['__NULL_PARTITION_VALUE__'] }, groupBy: [] },
    ]);
    expect(await recommendations.list(session)).toMatchObject({
      items: [],
      faults: [],
      notes: [{ code: 'published-insights-are-monitors' }],
    });
  });

  test('are created, replaced and removed, each with one request', async () => {
    const { session, monitors, writes, create, replace, remove, written } = await open('published');
    const created = await create.send(session, { input: input() }, 'k1');
    expect(writes.matches(created, input())).toBe(true);
    const { nativeId } = created;
    const other = input({ name: 'Watch', description: null, filters: {}, groupBy: ['tag:Product'] });
    expect(writes.matches(await replace.send(session, { nativeId, input: other }, 'k2'), other)).toBe(true);
    const shown = (await monitors.list(session)).items.find((monitor) => monitor.nativeId === nativeId);
    expect(shown !== undefined && writes.matches(shown, other)).toBe(true);
    expect(shown !== undefined && writes.matches(shown, input())).toBe(false);
    expect(await remove.send(session, { nativeId }, 'k3')).toBeNull();
    expect((await failureOf(remove.send(session, { nativeId }, 'k4'))).kind).toBe('vendor-not-found');
    expect(written()).toEqual(['POST', 'PUT', 'DELETE', 'DELETE']);
    expect((await monitors.list(session)).items).toHaveLength(3);
  });

  test('the same write sent twice is two monitors, so nothing is said to be deduplicated', async () => {
    const { session, monitors, create } = await open('published');
    const before = (await monitors.list(session)).items.length;
    await create.send(session, { input: input() }, 'k');
    await create.send(session, { input: input() }, 'k');
    expect((await monitors.list(session)).items).toHaveLength(before + 2);
    const { deduplicates } = create;
    expect(typeof deduplicates === 'boolean' ? deduplicates : await deduplicates(session)).toBe(false);
  });

  test('what they cannot hold is said, beforehand where it can be', async () => {
    const { session, writes, create, written } = await open('published');
    const unholdable: [MonitorInput, string][] = [
      [input({ sensitivity: 'high' }), 'medium'],
      [input({ minImpact: { amount: '1', currency: 'USD' } }), 'minimum impact'],
      [input({ filters: { team: ['x'] } }), 'team'],
      [input({ filters: { cloud: ['aws'] } }), 'tag:CloudProvider'],
      [input({ groupBy: ['cloud'] }), 'tag:CloudProvider'],
    ];
    const fixed = await open('published', { dialect: 'published' });
    expect(fixed.writes.cannotHold(input())).toBeNull();
    for (const [each, words] of unholdable) {
      expect(fixed.writes.cannotHold(each)).toContain(words);
      expect(writes.cannotHold(each)).toBeNull();
      expect(await failureOf(create.send(session, { input: each }, 'k'))).toMatchObject({
        kind: 'capability-unsupported',
        details: { effect: 'never', public: expect.stringContaining(words) },
      });
    }
    expect(await failureOf(create.send(session, { input: input({ groupBy: ['tag:None'] }) }, 'k'))).toMatchObject({
      kind: 'capability-unsupported',
      details: { effect: 'never', public: expect.stringContaining('tag:None') },
    });
    expect(written()).toEqual([]);
  });

  test('a key that may not read dimensions still says account, service and region', async () => {
    const { sandbox, session, monitors, create } = await open('published');
    sandbox.faults.set([{ path: '/v2/billing/dimensions', kind: 'body', status: 403, body: '' }]);
    const core = input({ filters: { region: ['us-east-1'] }, groupBy: ['account'] });
    expect((await create.send(session, { input: core }, 'k')).filters).toEqual({ region: ['us-east-1'] });
    expect((await monitors.list(session)).items[1]?.filters).toEqual({ 'tag:UsageFamily': ['Compute Instance'] });
    expect((await failureOf(create.send(session, { input: input() }, 'k2'))).details.public).toContain('dimensions');
  });

  test('bad ones are named, and those that no monitor can say are noted', async () => {
    const { sandbox, session, monitors } = await open('published', { dialect: 'published' });
    const insights = [
      { id: 1, name: '', filters: { Service: 'AmazonS3' } },
      { id: 'two', filters: { '!Account': ['1'] } },
      { id: 'three', filters: { Service: [{}] } },
      { id: 'four', group_by: 'Service' },
      { name: 'no id' },
      null,
      { id: 1, name: 'again' },
    ];
    sandbox.faults.set([{ path: '/v2/insights', kind: 'body', body: JSON.stringify({ data: insights }) }]);
    const reading = await monitors.list(session);
    expect(reading.items).toMatchObject([{ nativeId: '1', name: '1', filters: { service: ['AmazonS3'] } }]);
    expect(reading.notes.map((note) => note.code)).toEqual(['sensitivity-unknown', 'insight-inexpressible']);
    expect(reading.faults.map((fault) => fault.path)).toEqual([
      expect.stringMatching(/^data\[2\]\.filters/),
      'data[3].group_by',
      'data[4].id',
      'data[5]',
      'insights(id=1)',
    ]);
  });
});

test.each(['live', 'published'])('a wrong memory of the dialect heals where %s is spoken', async (variant) => {
  const { session, monitors, recommendations } = await open(variant);
  const wrong = async () => {
    await session.forget('dialect');
    await session.fact('dialect', 1, z.string(), async () => (variant === 'live' ? 'published' : 'live'));
  };
  await wrong();
  expect((await monitors.list(session)).items).toHaveLength(variant === 'live' ? 4 : 3);
  await wrong();
  // What is remembered is believed where no call is needed, and corrected by the next answer that contradicts it.
  await recommendations.list(session);
  await monitors.list(session);
  expect((await recommendations.list(session)).items.length > 0).toBe(variant === 'live');
});

test.each(['live', 'published'])(
  'where dimensions may not be read, monitors tell the dialect in %s',
  async (variant) => {
    const { sandbox, session, monitors } = await open(variant);
    sandbox.faults.set([{ path: '/v2/billing/dimensions', kind: 'body', status: 403, body: '{"message":"no"}' }]);
    expect((await monitors.list(session)).items).toHaveLength(variant === 'live' ? 4 : 3);
  },
);
