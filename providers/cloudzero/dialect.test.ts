import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, fillWhole, plainSession } from '../../test/support/session.ts';
import { cloudzero } from './manifest.ts';

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
  const fill = () =>
    fillWhole(connector, session, {
      cube: 'costs',
      dimensions: ['account', 'service', 'region'],
      costType: 'billed',
      start: '2026-10-01',
      end: '2026-10-03',
    });
  const remember = (dialect: string) => session.fact('dialect', 1, z.string(), async () => dialect);
  const seen = () => sandbox.calls.map((call) => `${call.method} ${call.path.split('/').at(-1)} ${call.status}`);
  return { connector, session, fill, remember, sandbox, seen };
};

describe('auto', () => {
  test.each(['live', 'published'])('finds %s with one free call and remembers it', async (variant) => {
    const { connector, session, fill, seen } = await open(variant);
    await fill();
    await fill();
    expect(await connector.dialect?.(session)).toBe(variant);
    const query = variant === 'live' ? 'GET costs 200' : 'POST costs 200';
    expect(seen()).toEqual(['GET dimensions 200', query, query]);
  });

  test.each([
    [
      'published',
      'live',
      ['GET dimensions 200', 'GET costs 405', 'GET dimensions 200', 'POST costs 200', 'POST costs 200'],
    ],
    [
      'live',
      'published',
      ['GET dimensions 200', 'POST costs 405', 'GET dimensions 200', 'GET costs 200', 'GET costs 200'],
    ],
  ])('an API that has become %s is found out once', async (variant, remembered, calls) => {
    const { fill, remember, seen } = await open(variant);
    await remember(remembered);
    expect((await fill()).items.length).toBeGreaterThan(0);
    await fill();
    expect(seen()).toEqual(calls);
  });

  test('an answer in the other shape is such a contradiction too', async () => {
    const { fill, remember, sandbox, seen } = await open('published');
    await remember('live');
    sandbox.faults.set([{ path: '/v2/billing/costs', method: 'GET', kind: 'body', body: '{"data":[]}' }]);
    expect((await fill()).items.length).toBeGreaterThan(0);
    expect(seen()).toEqual(['GET dimensions 200', 'GET costs 200', 'GET dimensions 200', 'POST costs 200']);
  });

  test('a contradiction that is none ends after one look', async () => {
    const { fill, sandbox, seen } = await open('live');
    sandbox.faults.set([{ path: '/v2/billing/costs', kind: 'status', status: 404 }]);
    await expect(fill()).rejects.toMatchObject({ kind: 'vendor-not-found' });
    expect(seen()).toEqual(['GET dimensions 200', 'GET costs 404', 'GET dimensions 200']);
  });

  test.each(['', '<html>', '[]', 'null', '{"costs":{}}', '{"message":"hello"}'])(
    '%j instead of costs costs one query and is malformed',
    async (body) => {
      const { fill, sandbox, seen } = await open('live');
      sandbox.faults.set([{ path: '/v2/billing/costs', kind: 'body', body }]);
      await expect(fill()).rejects.toMatchObject({ kind: 'vendor-malformed' });
      expect(seen()).toEqual(['GET dimensions 200', 'GET costs 200']);
    },
  );

  test('a key that may not read dimensions tries live, and remembers that it works', async () => {
    const { connector, session, fill, sandbox, seen } = await open('live');
    sandbox.faults.set([
      { path: '/v2/billing/dimensions', kind: 'status', status: 403, body: '{"message":"Forbidden"}' },
    ]);
    expect(await connector.dialect?.(session)).toBeNull();
    expect((await fill()).items.length).toBeGreaterThan(0);
    expect(await connector.dialect?.(session)).toBe('live');
    expect(seen()).toEqual(['GET dimensions 403', 'GET costs 200']);
  });

  test('a key that may not read dimensions reaches a published API as well', async () => {
    const { connector, session, fill, sandbox } = await open('published');
    sandbox.faults.set([{ path: '/v2/billing/dimensions', kind: 'status', status: 403 }]);
    expect((await fill()).items.length).toBeGreaterThan(0);
    expect(await connector.dialect?.(session)).toBe('published');
  });

  test('without the dimension list an optional dimension is null, and the scope is named', async () => {
    const { connector, session, sandbox } = await open('live');
    sandbox.faults.set([{ path: '/v2/billing/dimensions', kind: 'status', status: 403 }]);
    const reading = await fillWhole(connector, session, {
      cube: 'costs',
      dimensions: ['account', 'service', 'region', 'tag:Team'],
      costType: 'billed',
      start: '2026-10-01',
      end: '2026-10-02',
    });
    expect(reading.notes).toMatchObject([{ code: 'dimension-unknown' }]);
    expect(reading.notes[0]?.message).toContain('billing:read_dimensions');
    expect(reading.items.length).toBeGreaterThan(0);
  });

  test('a vendor that is down is no contradiction', async () => {
    const { fill, sandbox, seen } = await open('live');
    sandbox.faults.set([{ path: '/v2/billing/costs', kind: 'status', status: 503 }]);
    await expect(fill()).rejects.toThrow();
    expect(seen()).toEqual(['GET dimensions 200', 'GET costs 503']);
  });
});

describe('a dialect that is set', () => {
  test('is not looked for: the dimensions are read for the names of accounts alone', async () => {
    const { connector, session, fill, seen } = await open('published', { dialect: 'published' });
    await fill();
    expect(await connector.dialect?.(session)).toBe('published');
    expect(seen()).toEqual(['GET dimensions 200', 'POST costs 200']);
  });
  test('is not second-guessed', async () => {
    const { fill, seen } = await open('published', { dialect: 'live' });
    await expect(fill()).rejects.toMatchObject({ kind: 'vendor-not-found' });
    expect(seen()).toEqual(['GET dimensions 200', 'GET costs 405']);
  });
});

test('whether the key is accepted is checked by one free call', async () => {
  const { connector, session, seen } = await open('live');
  await connector.check?.(session);
  expect(seen()).toEqual(['GET dimensions 200']);
  const wrong = await open('published', { apiKey: 'wrong' });
  await expect(wrong.connector.check?.(wrong.session)).rejects.toMatchObject({ kind: 'credentials-rejected' });
});
