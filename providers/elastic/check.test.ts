import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connector, Failure } from '../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, plainSession } from '../../test/support/session.ts';
import { chartVerdict, unusedNotes } from './charts/verdict.ts';
import { elastic } from './manifest.ts';
import { startElasticSandbox, viewerKey } from './sandbox/sandbox.ts';

const history = '/api/v1/billing/organization/2718281828/history';
let clock: VirtualClock;
let sandbox: RunningSandbox;
beforeEach(async () => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  sandbox = await startElasticSandbox({ clock, variant: 'invoiced' });
});
afterEach(() => sandbox.close());

const check = async (connector: Connector): Promise<string> => {
  try {
    await connector.check?.(plainSession(connector, clock));
    return 'accepted';
  } catch (thrown) {
    return thrown instanceof Failure ? thrown.kind : String(thrown);
  }
};

describe('the check of a connection', () => {
  it('is one call, after which the invoiced prices are known', async () => {
    const connector = connectTo(elastic, sandbox);
    const session = plainSession(connector, clock);
    await connector.check?.(session);
    expect(await connector.edition?.(session)).toContain('2026-10-01=0.91');
    expect(sandbox.calls.map(({ path }) => path)).toEqual([history]);
  });

  it('asks for costs where there is no billing history, or the key may not read it', async () => {
    for (const status of [404, 403]) {
      sandbox.faults.set([{ kind: 'status', path: history, status }]);
      expect(await check(connectTo(elastic, sandbox))).toBe('accepted');
    }
    expect(sandbox.calls.filter(({ path }) => path.endsWith('/costs/instances'))).toHaveLength(2);
  });

  it('fails for a key, a role and an organization that the vendor does not accept', async () => {
    expect(await check(connectTo(elastic, sandbox, { apiKey: 'wrong' }))).toBe('credentials-rejected');
    expect(await check(connectTo(elastic, sandbox, { apiKey: viewerKey }))).toBe('permission-missing');
    expect(await check(connectTo(elastic, sandbox, { organizationId: 'another' }))).toBe('vendor-not-found');
    sandbox.faults.set([{ kind: 'garbage' }]);
    expect(await check(connectTo(elastic, sandbox))).toBe('vendor-malformed');
  });
});

describe('what is known of charts', () => {
  const charts = '/api/v2/billing/organizations/2718281828/charts';
  const open = () => {
    const session = plainSession(connectTo(elastic, sandbox), clock);
    return { session, verdict: () => chartVerdict(session, '2718281828') };
  };

  it('stays while the vendor does not answer, and is found out again after a quarter of an hour', async () => {
    const { verdict } = open();
    const before = await verdict();
    await clock.advance(8 * 24 * 3_600_000);
    sandbox.faults.set([{ kind: 'status', path: charts, status: 424 }]);
    expect(await verdict()).toEqual(before);
    const asked = sandbox.calls.length;
    await clock.advance(10 * 60_000);
    await verdict();
    expect(sandbox.calls.length).toBe(asked);
    await clock.advance(10 * 60_000);
    await verdict();
    expect(sandbox.calls.length).toBe(asked + 1);
  });

  it('is that they cannot be read, for a quarter of an hour, where they never could', async () => {
    const { session, verdict } = open();
    expect(await unusedNotes(session)).toEqual([]);
    sandbox.faults.set([{ kind: 'status', path: charts, status: 424 }]);
    expect(await verdict()).toEqual({ kind: 'unusable', reason: 'unreadable' });
    expect((await unusedNotes(session))[0]?.code).toBe('charts-unused');
    sandbox.faults.clear();
    await clock.advance(16 * 60_000);
    expect(await verdict()).toEqual({ kind: 'usable', factor: '1' });
  });

  it('does not suffer from a caller that has no time left', async () => {
    const { session, verdict } = open();
    const before = await verdict();
    await clock.advance(8 * 24 * 3_600_000);
    const { call } = session;
    session.call = async () => {
      throw new Failure('deadline-exceeded', { public: 'Too late.' });
    };
    await expect(verdict()).rejects.toThrow();
    session.call = call;
    expect(await verdict()).toEqual(before);
  });

  it('is nothing where there was no cost to compare', async () => {
    const { verdict } = open();
    sandbox.faults.set([
      {
        kind: 'body',
        path: '/api/v2/billing/organizations/2718281828/costs',
        body: '{"total_ecu":0,"instances":null}',
      },
    ]);
    expect(await verdict()).toEqual({ kind: 'unusable', reason: 'nothing-to-compare' });
  });
});
