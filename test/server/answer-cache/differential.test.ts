import fc from 'fast-check';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../routes/index.ts';
import { type App, buildApp } from '../../../src/app/app.ts';
import { createAnswerCache } from '../../../src/server/answer-cache/answer-cache.ts';
import { authenticator } from '../../../src/server/identity/caller-auth.ts';
import { type MountOptions, mount } from '../../../src/server/operation/mount.ts';
import { serverOptions } from '../../../src/server/operation/server-options.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import { silentLog } from '../../../src/telemetry/log.ts';
import { VirtualClock } from '../../support/clock.ts';
import { ToyVendor } from '../../support/toy-vendor.ts';
import { consumer } from './cached-api.ts';

const clock = new VirtualClock();
let app: App;
beforeAll(async () => {
  app = await buildApp({
    endpoints: ['one', 'two'].map((id) => ({
      id,
      provider: 'toy',
      title: id,
      sandbox: true,
      connector: new ToyVendor(clock, { name: id }).connector,
    })),
    operations,
    clock,
    store: createMemoryStore(clock),
    log: silentLog,
    authenticate: authenticator({ mode: 'none' }),
    version: '0.0.0',
    requestDeadlineMs: 15_000,
    cacheBytesMax: 256_000_000,
    staleIfErrorMs: 86_400_000,
    exchangeRates: [],
  });
});
afterAll(async () => {
  await app.close();
});

const serve = (around: Partial<Pick<MountOptions, 'around'>>) => {
  const server = Fastify(serverOptions({ clock, log: silentLog }));
  mount(server, operations, app.services, {
    clock,
    log: silentLog,
    requestDeadlineMs: 15_000,
    authenticate: ({ headers }) =>
      headers['x-who'] === 'one-only' ? consumer('one-only', ['one']) : consumer(String(headers['x-who'])),
    ...around,
  });
  return server;
};

const pair = (name: string, values: readonly string[]) => fc.constantFrom(...values).map((value) => `${name}=${value}`);
const question = fc
  .uniqueArray(
    fc.oneof(
      pair('service', ['search', 'storage', 'a%2Cb', 'a,b', 'null()', 'a+b', 'a%20b']),
      pair('region', ['eu', 'us', 'null%28%29']),
      pair('groupBy', ['service', 'provider,service', 'service,provider', 'account,account']),
      pair('granularity', ['daily', 'monthly', 'total', 'hourly']),
      pair('limit', ['1', '7', '1000', '0']),
      pair('connection', ['one', 'two', 'three']),
      pair('start', ['2026-10-01', '2026-11-01T00:00:00Z', '2026-13-01']),
      pair('sort', ['start', '-cost']),
    ),
    { maxLength: 6 },
  )
  .map((pairs) => `/v1/costs?${pairs.join('&')}`);
const request = fc.record({ url: question, who: fc.constantFrom('a', 'b', 'one-only') });

describe('an answer from the cache', () => {
  it('has the status and the bytes of one that was made for this request', async () => {
    const cached = serve({ around: createAnswerCache({ clock, bytesMax: 50_000_000 }).around });
    const plain = serve({});
    const origins = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 6 }), async (requests) => {
        for (const { url, who } of [...requests, ...requests]) {
          const headers = { 'x-who': who, 'x-request-id': 'same' };
          const one = await cached.inject({ url, headers });
          const other = await plain.inject({ url, headers });
          expect(one.statusCode, url).toBe(other.statusCode);
          expect(withoutCursor(one.body), url).toBe(withoutCursor(other.body));
          expect(one.headers['content-type']).toBe(other.headers['content-type']);
          if (one.statusCode === 200) origins.add(String(one.headers['cache-status']).replace(/\d+/, ''));
        }
      }),
      { numRuns: 60, seed: 20261121 },
    );
    expect(origins).toContain('cost-gateway; fwd=miss');
    expect(origins).toContain('cost-gateway; hit; ttl=');
    await Promise.all([cached.close(), plain.close()]);
  });

  it('leads on with its cursor in whichever way the question is written', async () => {
    const cached = serve({ around: createAnswerCache({ clock, bytesMax: 50_000_000 }).around });
    const ask = (url: string) => cached.inject({ url, headers: { 'x-who': 'a' } });
    const one = '/v1/costs?start=2026-10-01&groupBy=service&limit=2&service=search&service=storage';
    const other = '/v1/costs?service=storage&limit=2&service=search&groupBy=service&start=2026-10-01';
    await ask(one);
    const page = await ask(other);
    expect(page.headers['cache-status']).toContain('hit');
    const cursor = encodeURIComponent(page.json().page.nextCursor);
    const next = await ask(`${other}&cursor=${cursor}`);
    expect(next.statusCode).toBe(200);
    expect((await ask(`${one}&cursor=${cursor}`)).body).toBe(next.body);
    await cached.close();
  });
});

/** A filter written in another order is the same question only to the cache, so its cursors are named otherwise. */
const withoutCursor = (body: string): string => body.replace(/"nextCursor":"[^"]*"/, '"nextCursor":"…"');
