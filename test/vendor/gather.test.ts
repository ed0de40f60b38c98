import { describe, expect, it } from 'vitest';
import { Failure, type FailureKind } from '../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { Connection } from '../../src/vendor/connection.ts';
import { gather, worseStatus } from '../../src/vendor/gather.ts';
import { incompleteness, type Part } from '../../src/vendor/part.ts';
import { VirtualClock } from '../support/clock.ts';
import { openToyConnection } from '../support/cost-rig.ts';
import { ToyVendor } from '../support/toy-vendor.ts';

const clock = new VirtualClock();
const store = createMemoryStore(clock);
const connections = ['acme', 'umbrella', 'initech'].map((name) =>
  openToyConnection(new ToyVendor(clock, { name }), clock, store),
);
const fresh: Part<string> = {
  value: 'figures',
  state: 'fresh',
  notes: [],
  asOf: 0,
  completeThrough: '2026-11-20',
  missing: [],
  failure: null,
};
const failing = (kind: FailureKind, retryAfterMs?: number): Failure =>
  new Failure(kind, { public: `It is ${kind}.`, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });

/** What each connection does, in their order: a part, or a failure that it throws. */
const asking = (outcomes: readonly (Part<string> | Failure)[], strict = false) =>
  gather(connections.slice(0, outcomes.length), strict, async (connection: Connection) => {
    const outcome = outcomes[connections.indexOf(connection)];
    if (outcome === undefined || outcome instanceof Failure) throw outcome ?? new TypeError('nothing to do');
    return outcome;
  });
const refusedWith = (outcomes: readonly (Part<string> | Failure)[], strict = false): Promise<Failure | null> =>
  asking(outcomes, strict).then(
    () => null,
    (thrown: unknown) => (thrown instanceof Failure ? thrown : null),
  );

describe('one answer of several connections', () => {
  it('is complete when every one is fresh', async () => {
    const gathered = await asking([fresh, fresh]);
    expect(gathered.complete).toBe(true);
    expect(gathered.parts.map(({ connection, value }) => [connection.id, value])).toEqual([
      ['acme', 'figures'],
      ['umbrella', 'figures'],
    ]);
    expect(gathered.providers[0]).toEqual({
      provider: 'acme',
      connection: 'acme',
      status: 'fresh',
      notes: [],
      asOf: '1970-01-01T00:00:00Z',
      completeThrough: '2026-11-20',
      missing: [],
    });
  });

  it('names one that fails with its problem, and keeps the others', async () => {
    const gathered = await asking([failing('vendor-timeout'), fresh]);
    expect(gathered.complete).toBe(false);
    expect(gathered.parts.map(({ connection }) => connection.id)).toEqual(['umbrella']);
    expect(gathered.providers[0]).toMatchObject({
      status: 'failed',
      problem: { type: '/problems/vendor-timeout', detail: 'It is vendor-timeout.' },
    });
  });

  it('says nothing in a problem that changes from one hit to the next', async () => {
    const { providers } = await asking([failing('vendor-throttled', 1234), fresh]);
    expect(Object.keys(providers[0]?.problem ?? {}).sort()).toEqual(['detail', 'status', 'title', 'type']);
  });

  it.each(['stale', 'partial', 'unsupported'] as const)('is not complete when one is %s', async (state) => {
    const gathered = await asking([{ ...fresh, state, failure: failing('vendor-incomplete') }, fresh]);
    expect(gathered.complete).toBe(false);
    expect(gathered.providers[0]).toMatchObject({ status: state });
  });

  it('is nothing at all and complete when nobody was asked', async () => {
    expect(await asking([])).toEqual({ parts: [], providers: [], complete: true });
  });

  it('does not hide a fault of the gateway itself behind the others', async () => {
    await expect(
      gather(connections, false, async (connection) => {
        if (connection.id === 'acme') throw new TypeError('a bug');
        return fresh;
      }),
    ).rejects.toMatchObject({ kind: 'internal' });
  });
});

describe('a refusal', () => {
  it('comes when nothing could be answered, with the worst of the problems', async () => {
    const worst = async (...kinds: FailureKind[]) => (await refusedWith(kinds.map((kind) => failing(kind))))?.kind;
    expect(await worst('vendor-throttled', 'circuit-open', 'vendor-timeout')).toBe('vendor-timeout');
    expect(await worst('vendor-throttled', 'circuit-open')).toBe('circuit-open');
    expect(await worst('deadline-exceeded', 'vendor-unavailable')).toBe('vendor-unavailable');
    expect(await worst('vendor-throttled', 'vendor-throttled')).toBe('vendor-throttled');
  });

  it('names every connection and the shortest wait', async () => {
    const failure = await refusedWith([failing('vendor-throttled', 9000), failing('vendor-throttled', 4000)]);
    expect(failure?.details.retryAfterMs).toBe(4000);
    expect(failure?.details.public).toBe('acme: It is vendor-throttled. umbrella: It is vendor-throttled.');
  });

  it('does not come where one answered, even with a part', async () => {
    expect(await refusedWith([failing('vendor-unavailable'), { ...fresh, state: 'partial' }])).toBe(null);
  });

  it('comes where one failed and the rest can never answer', async () => {
    const unsupported = { ...fresh, state: 'unsupported', failure: failing('capability-unsupported') } as const;
    expect((await refusedWith([failing('vendor-timeout'), unsupported]))?.kind).toBe('vendor-timeout');
    expect(await refusedWith([unsupported, unsupported])).toBe(null);
  });

  it.each<[FailureKind[], FailureKind]>([
    [['capability-unsupported', 'vendor-throttled'], 'vendor-throttled'],
    [['vendor-throttled', 'circuit-open'], 'circuit-open'],
    [['circuit-open', 'vendor-timeout'], 'vendor-timeout'],
    [['vendor-timeout', 'vendor-malformed'], 'vendor-malformed'],
    [['capability-unsupported'], 'capability-unsupported'],
  ])('of a strict question with %j is %s', async (kinds, due) => {
    const parts = kinds.map((kind) => ({ ...fresh, state: 'stale' as const, failure: failing(kind) }));
    expect((await refusedWith([...parts, fresh], true))?.kind).toBe(due);
  });

  it('does not come to a strict question whose answer is complete', async () => {
    expect(await refusedWith([fresh, fresh], true)).toBe(null);
  });
});

describe('a reading', () => {
  it('with faults names the first of them', () => {
    const faults = Array.from({ length: 5 }, (_, index) => ({ path: `items[${index}]`, message: 'is none' }));
    expect(incompleteness(faults)?.details.public).toContain(
      'items[0] is none; items[1] is none; items[2] is none and 2 more.',
    );
    expect(incompleteness([])).toBe(null);
  });
});

describe('two statuses of one connection', () => {
  const states = ['failed', 'unsupported', 'partial', 'stale', 'fresh'] as const;
  const status = (state: (typeof states)[number]) => ({
    provider: 'acme',
    connection: 'acme',
    status: state,
    notes: [],
    asOf: null,
    completeThrough: null,
    missing: [],
  });

  it('are as good as the worse one, whichever comes first', () => {
    for (const [at, worse] of states.entries()) {
      for (const better of states.slice(at)) {
        expect(worseStatus(status(worse), status(better)).status).toBe(worse);
        expect(worseStatus(status(better), status(worse)).status).toBe(worse);
      }
    }
  });
});
