import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunningSandbox, SandboxFault } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, fillWhole, plainSession } from '../../test/support/session.ts';
import { cloudzero } from './manifest.ts';
import { publishedNext } from './paging.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const open = async (dialect: 'live' | 'published') => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant: dialect });
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, { dialect });
  const session = plainSession(connector, clock);
  // Known already, so that every call is one for costs.
  await session.fact('dimensions', 1, z.unknown(), async () => ({ dialect, dimensions: [], faults: [] }));
  const fill = (start = '2026-11-01', end = '2026-11-21') =>
    fillWhole(connector, session, {
      cube: 'costs',
      dimensions: ['account', 'service', 'region'],
      costType: 'billed',
      start,
      end,
    });
  return { sandbox, fill, session };
};

/** The vendor's next answers, in this order. */
const script = (sandbox: RunningSandbox, ...bodies: unknown[]): void =>
  sandbox.faults.set(
    bodies.map(
      (body): SandboxFault => ({
        path: '/v2/billing/costs',
        kind: 'body',
        times: 1,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    ),
  );

const row = (day: number, cost: unknown = 1) => ({
  usage_date: `2026-11-${String(day).padStart(2, '0')}T00:00:00+00:00`,
  cost,
  Account: '1',
  Service: 's',
  Region: 'r',
});
const livePage = (rows: unknown[], next: string | null, more: Record<string, unknown> = {}) => ({
  costs: rows,
  pagination: { ...more, cursor: { next_cursor: next, has_next: next !== null } },
});
const group = (day: number) => ({
  group: { Account: '1', Service: 's', Region: 'r' },
  cost: [{ timestamp: `2026-11-${String(day).padStart(2, '0')}T00:00:00Z`, value: 1 }],
});

describe('live cursors', () => {
  test('are followed to the end with the same question', async () => {
    const { sandbox, fill } = await open('live');
    script(sandbox, livePage([row(1)], 'c1'), livePage([row(2)], 'c2'), livePage([row(3)], null));
    const reading = await fill();
    expect(reading.items.map((item) => item.day)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03']);
    expect(reading.faults).toEqual([]);
    const queries = sandbox.calls.map((call) => new URLSearchParams(call.query));
    expect(queries.map((query) => query.get('cursor'))).toEqual([null, 'c1', 'c2']);
    expect(new Set(queries.map((query) => query.getAll('group_by').join())).size).toBe(1);
  });

  test('that come round again end the walk, and it is said', async () => {
    const { sandbox, fill } = await open('live');
    script(sandbox, livePage([row(1)], 'A'), livePage([row(2)], 'B'), livePage([row(3)], 'A'), livePage([row(4)], 'B'));
    const reading = await fill();
    expect(reading.items).toHaveLength(3);
    expect(reading.faults).toMatchObject([{ path: 'pagination' }]);
    expect(sandbox.calls).toHaveLength(3);
  });

  test('with nothing but empty pages end after three', async () => {
    const { sandbox, fill } = await open('live');
    script(sandbox, ...['a', 'b', 'c', 'd', 'e'].map((cursor) => livePage([], cursor)));
    expect((await fill()).faults).toMatchObject([{ path: 'pagination' }]);
    expect(sandbox.calls).toHaveLength(3);
  });

  test('that are announced but missing are a fault', async () => {
    const { sandbox, fill } = await open('live');
    script(sandbox, { costs: [row(1)], pagination: { cursor: { has_next: true } } });
    const reading = await fill();
    expect(reading.items).toHaveLength(1);
    expect(reading.faults).toMatchObject([{ path: 'pagination.cursor.next_cursor' }]);
  });

  test('fewer rows than announced are a fault', async () => {
    const { sandbox, fill } = await open('live');
    script(sandbox, livePage([row(1)], 'c1', { total_count: 3 }), livePage([row(2)], null, { total_count: 3 }));
    expect((await fill()).faults).toEqual([
      { path: 'pagination', message: '3 were announced and 2 received; the rest is missing' },
    ]);
  });

  test('a result set that expired is asked for once more, from its start', async () => {
    const { sandbox, fill } = await open('live');
    sandbox.faults.set([
      { kind: 'body', times: 1, body: JSON.stringify(livePage([row(1, 5)], 'old')) },
      { kind: 'status', times: 1, status: 410, body: '{"error":{"message":"gone","type":"ExpiredCache"}}' },
      { kind: 'body', times: 1, body: JSON.stringify(livePage([row(1, 6)], 'new')) },
      { kind: 'body', times: 1, body: JSON.stringify(livePage([row(2, 7)], null)) },
    ]);
    const reading = await fill();
    expect(reading.items.map((item) => item.amount)).toEqual(['6', '7']);
    expect(reading.faults).toEqual([]);
    expect(sandbox.calls).toHaveLength(4);
  });

  test('a result set that expires twice is a failure', async () => {
    const { sandbox, fill } = await open('live');
    const page = JSON.stringify(livePage([row(1)], 'c'));
    sandbox.faults.set([
      { kind: 'body', times: 1, body: page },
      { kind: 'status', times: 1, status: 410 },
      { kind: 'body', times: 1, body: page },
      { kind: 'status', status: 410 },
    ]);
    await expect(fill()).rejects.toMatchObject({ kind: 'vendor-incomplete' });
    expect(sandbox.calls).toHaveLength(4);
  });

  test('a first page that is gone is not asked for again', async () => {
    const { sandbox, fill } = await open('live');
    sandbox.faults.set([{ kind: 'status', status: 410 }]);
    await expect(fill()).rejects.toMatchObject({ kind: 'vendor-incomplete' });
    expect(sandbox.calls).toHaveLength(1);
  });
});

describe('published links', () => {
  test('are followed with the same body', async () => {
    const { sandbox, fill } = await open('published');
    script(
      sandbox,
      { data: [group(1)], pagination: { next: '/v2/billing/costs?page=2', total: 2 } },
      { data: [group(2)], pagination: { next: null, total: 2 } },
    );
    const reading = await fill();
    expect(reading.items).toHaveLength(2);
    expect(reading.faults).toEqual([]);
    expect(sandbox.calls.map((call) => `${call.method} ${call.query}`)).toEqual(['POST ', 'POST page=2']);
  });

  test('to another origin are not followed; what came before is kept', async () => {
    const { sandbox, fill } = await open('published');
    script(sandbox, { data: [group(1)], pagination: { next: 'https://elsewhere.example/v2/billing/costs?page=2' } });
    const reading = await fill();
    expect(reading.items).toHaveLength(1);
    expect(reading.faults).toMatchObject([{ path: 'pagination.next' }]);
    expect(sandbox.calls).toHaveLength(1);
  });

  test('that lead round in a circle end the walk', async () => {
    const { sandbox, fill } = await open('published');
    const next = `${sandbox.url}/v2/billing/costs?page=2`;
    script(sandbox, ...[1, 2, 3].map((day) => ({ data: [group(day)], pagination: { next } })));
    const reading = await fill();
    expect(reading.items).toHaveLength(2);
    expect(reading.faults).toMatchObject([{ path: 'pagination' }]);
    expect(sandbox.calls).toHaveLength(2);
  });

  test('below a base URL with a path keep that path once', () => {
    const base = 'https://proxy.example/cloudzero';
    expect(publishedNext({ next: `${base}/v2/billing/costs?c=1` }, base).link).toEqual({
      path: '/v2/billing/costs',
      query: [['c', '1']],
    });
  });

  test('fewer points than announced are a fault', async () => {
    const { sandbox, fill } = await open('published');
    script(sandbox, { data: [group(1)], pagination: { next: null, total: 5 } });
    expect((await fill()).faults).toMatchObject([{ path: 'pagination' }]);
  });
});

describe('saved progress', () => {
  const page = { kind: 'page', askedAt: 0, next: null, received: 1, stated: 1, faults: [], days: ['2026-11-01'] };
  const form = JSON.stringify(['1', 'live', 'billed', 'Account', 'Service', 'Region']);
  const whole = { form, start: '2026-11-01', end: '2026-11-21' };
  const good = { ...whole, part: { ...page, groups: [['1', 's', 'r']], rows: '0,0,7' } };

  test('of the same query stands for its pages', async () => {
    const { sandbox, fill, session } = await open('live');
    await session.resume.save(JSON.stringify(good), 1);
    expect((await fill()).items).toMatchObject([{ day: '2026-11-01', values: ['1', 's', 'r'], amount: '7' }]);
    expect(sandbox.calls).toEqual([]);
  });

  test.each([
    ['is no JSON', ['nonsense']],
    ['has another shape', [JSON.stringify({ ...whole, part: { kind: 'page' } })]],
    ['is of another query', [JSON.stringify({ ...good, form: '[]' })]],
    ['is of another query in part', [JSON.stringify(good), JSON.stringify({ ...good, form: '[]' })]],
    ['names a group that is not there', [JSON.stringify({ ...good, part: { ...good.part, rows: '0,5,7' } })]],
    ['has rows that are none', [JSON.stringify({ ...good, part: { ...good.part, rows: 'x;y' } })]],
  ])('that %s is dropped, and the query is made', async (_name, parts) => {
    const { sandbox, fill, session } = await open('live');
    for (const part of parts) await session.resume.save(part, 1);
    script(sandbox, livePage([row(1, 3)], null));
    expect((await fill()).items).toMatchObject([{ amount: '3' }]);
    expect(sandbox.calls).toHaveLength(1);
  });
});
