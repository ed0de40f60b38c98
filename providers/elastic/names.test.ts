import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CostReading, Failure } from '../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, fillWhole, type PlainSession, plainSession } from '../../test/support/session.ts';
import { elastic } from './manifest.ts';
import { startElasticSandbox } from './sandbox/sandbox.ts';

const dimensions = ['account', 'service', 'category', 'resource'] as const;
let clock: VirtualClock;
let sandbox: RunningSandbox;
let session: PlainSession;
beforeEach(async () => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  sandbox = await startElasticSandbox({ clock });
  session = plainSession(connectTo(elastic, sandbox), clock);
});
afterEach(() => sandbox.close());

const fill = (start: string, end: string): Promise<CostReading> => {
  const question = { cube: 'instances-daily', dimensions, costType: 'billed', start, end } as const;
  return fillWhole(connectTo(elastic, sandbox), session, question);
};
const withNames = (): number => sandbox.calls.filter(({ query }) => query.includes('include_names=true')).length;
const readings = (): number => sandbox.calls.filter(({ path }) => path.endsWith('/costs/instances')).length;
const projects = ['b5c1e7f09a3d48d2', 'e90a6d4c17b24f8e', '2f7b8c3e5d9146a0'];
const namedIn = (at: number) => projects.map((id) => session.kept[at]?.labels?.account?.get(id));

describe('the names of instances', () => {
  it('come with the first of many days, in no call of their own, and are known for all of them', async () => {
    await fill('2026-11-01', '2026-11-21');
    expect([withNames(), readings()]).toEqual([1, 20]);
    for (const [at] of session.kept.entries()) {
      expect(namedIn(at)).toEqual(['catalogue-semantic-search', 'platform-observability', 'security-operations']);
    }
  });

  it('are not asked for again by the next fill', async () => {
    await fill('2026-11-01', '2026-11-05');
    await fill('2026-11-05', '2026-11-09');
    expect([withNames(), readings()]).toEqual([1, 8]);
  });

  it('are asked for once more where an unknown instance appears, for all of the fill', async () => {
    await fill('2025-04-01', '2025-04-03');
    await fill('2026-01-01', '2026-02-01');
    expect([withNames(), readings()]).toEqual([2, 2 + 31 + 1]);
    expect(namedIn(session.kept.length - 1)).toEqual([
      'catalogue-semantic-search',
      'platform-observability',
      'security-operations',
    ]);
  });

  it('are not asked for again and again where the vendor has none', async () => {
    const nameless = {
      total_ecu: 1,
      instances: [{ id: 'x1', name: 'x1', type: 'security', total_ecu: 1, product_line_items: [] }],
    };
    sandbox.faults.set([{ kind: 'body', path: '/api/v2', body: JSON.stringify(nameless) }]);
    const reading = await fill('2026-11-01', '2026-11-11');
    expect(reading.items).toHaveLength(10);
    expect(session.kept[0]?.labels?.account?.size).toBe(0);
    expect(withNames()).toBe(1);
  });

  it('may lack where their call fails: the figures stand without them', async () => {
    await fill('2025-04-01', '2025-04-03');
    const before = session.kept.length;
    const answered = session.call;
    session.call = async (request) => {
      if (request.query?.some(([name]) => name === 'include_names') !== true) return answered(request);
      throw new Failure('vendor-unavailable', { public: 'The names cannot be had.' });
    };
    const reading = await fill('2026-11-01', '2026-11-04');
    expect(reading.items.length).toBeGreaterThan(50);
    expect(namedIn(before)).toEqual([undefined, undefined, undefined]);
  });
});
