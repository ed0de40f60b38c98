import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { type CachedApi, cachedApi, fresh, padding } from './cached-api.ts';

let api: CachedApi | null = null;
const start = (...options: Parameters<typeof cachedApi>): CachedApi => {
  api = cachedApi(...options);
  return api;
};
afterEach(async () => {
  await api?.app.close();
});

const whole = () => ({ json: { data: padding, meta: { complete: true, providers: [fresh] } } });
const gaps =
  (status: string, asOf: string | null = '2026-11-21T08:00:00Z') =>
  () => ({
    json: { data: padding, meta: { complete: false, providers: [fresh, { ...fresh, status, asOf }] } },
  });

describe('a read', () => {
  it('says how long it may be kept, where it came from, how old it is and what it depends on', async () => {
    const { ask, clock } = start(whole);
    const first = await ask('/v1/toys');
    expect(first.headers).toMatchObject({
      'cache-control': 'private, max-age=60, stale-while-revalidate=600',
      'cache-status': 'cost-gateway; fwd=miss',
      age: '0',
      vary: 'Accept, Accept-Encoding, Authorization, X-Api-Key',
    });
    await clock.advance(2_000);
    const second = await ask('/v1/toys');
    expect(second.headers).toMatchObject({ 'cache-status': 'cost-gateway; hit; ttl=3', age: '2' });
    expect(second.headers.etag).toBe(first.headers.etag);
    expect(second.rawPayload.equals(first.rawPayload)).toBe(true);
  });

  it('has a strong tag for each coding, and the bytes that go with it', async () => {
    const { ask } = start(whole);
    const plain = await ask('/v1/toys');
    const br = await ask('/v1/toys', { 'accept-encoding': 'gzip, br' });
    const gz = await ask('/v1/toys', { 'accept-encoding': 'gzip' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect([br.headers['content-encoding'], gz.headers['content-encoding']]).toEqual(['br', 'gzip']);
    expect(brotliDecompressSync(br.rawPayload).equals(plain.rawPayload)).toBe(true);
    expect(gunzipSync(gz.rawPayload).equals(plain.rawPayload)).toBe(true);
    const bare = String(plain.headers.etag).slice(0, -1);
    expect(bare).toMatch(/^"[\w-]{43}$/);
    expect([br.headers.etag, gz.headers.etag]).toEqual([`${bare}-br"`, `${bare}-gz"`]);
  });

  it('is not compressed when it is small', async () => {
    const { ask } = start(() => ({ json: { data: 'little' } }));
    const answer = await ask('/v1/toys', { 'accept-encoding': 'br' });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.json()).toEqual({ data: 'little' });
  });

  it.each([{}, { 'accept-encoding': 'br' }])('is a 304 without body for who has these bytes: %j', async (sent) => {
    const { ask } = start(whole);
    const tag = String((await ask('/v1/toys', sent)).headers.etag);
    for (const method of ['GET', 'HEAD'] as const) {
      for (const header of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
        const answer = await ask('/v1/toys', { ...sent, 'if-none-match': header }, { method });
        expect(answer.statusCode, header).toBe(304);
        expect(answer.body).toBe('');
        expect(answer.headers).toMatchObject({
          etag: tag,
          'cache-control': 'private, max-age=60, stale-while-revalidate=600',
          vary: 'Accept, Accept-Encoding, Authorization, X-Api-Key',
        });
        expect(answer.headers['content-encoding']).toBeUndefined();
        expect(answer.headers['content-type']).toBeUndefined();
      }
    }
  });

  it('is sent whole to who has the bytes of another coding, or an older answer', async () => {
    const { ask, clock } = start((_input, run) => ({ json: { data: padding, run } }));
    const old = await ask('/v1/toys');
    const other = await ask('/v1/toys', { 'accept-encoding': 'br', 'if-none-match': String(old.headers.etag) });
    expect(other.statusCode).toBe(200);
    await clock.advance(6_000);
    expect((await ask('/v1/toys', { 'if-none-match': String(old.headers.etag) })).json().run).toBe(2);
  });

  it('answers HEAD as GET without the body, from the same entry', async () => {
    const { ask, runs } = start(whole);
    for (const sent of [{}, { 'accept-encoding': 'gzip' }]) {
      const head = await ask('/v1/toys', sent, { method: 'HEAD' });
      const got = await ask('/v1/toys', sent);
      expect(head.body).toBe('');
      const same = ['etag', 'content-length', 'content-type', 'content-encoding', 'vary', 'cache-control'];
      for (const name of same) expect(head.headers[name], name).toBe(got.headers[name]);
    }
    expect(runs()).toBe(1);
  });

  it('keeps the headers of its handler', async () => {
    const { ask } = start(() => ({ json: 1, headers: { link: '</x>; rel="next"' } }));
    await ask('/v1/toys');
    expect((await ask('/v1/toys')).headers.link).toBe('</x>; rel="next"');
  });

  it('is never a 304 when there is no answer', async () => {
    const { ask } = start(() => {
      throw new Failure('vendor-unavailable', { public: 'Down.' });
    });
    const answer = await ask('/v1/toys', { 'if-none-match': '*', 'accept-encoding': 'br' });
    expect(answer.statusCode).toBe(502);
    expect(answer.headers['cache-control']).toBe('no-store');
    for (const name of ['etag', 'age', 'cache-status', 'content-encoding'])
      expect(answer.headers[name]).toBeUndefined();
  });
});

describe('a read with gaps', () => {
  it('that holds what could not be refreshed says so, each time, with the age of that', async () => {
    const { ask, clock } = start(gaps('stale'));
    const first = await ask('/v1/toys');
    expect(first.headers).toMatchObject({ 'cache-status': 'cost-gateway; fwd=stale', age: '7200' });
    await clock.advance(3_000);
    const second = await ask('/v1/toys');
    expect(second.headers).toMatchObject({ 'cache-status': 'cost-gateway; fwd=stale', age: '7203' });
  });

  it('has no negative age when the wall clock goes back', async () => {
    const { ask, clock } = start(gaps('stale'));
    clock.jump(-86_400_000);
    expect((await ask('/v1/toys')).headers.age).toBe('0');
  });

  it.each(['partial', 'failed', 'unsupported', 'stale'])(
    'may be kept by others for 5 seconds only: %s',
    async (status) => {
      const { ask } = start(gaps(status, null));
      const answer = await ask('/v1/toys');
      expect(answer.headers['cache-control']).toBe('private, max-age=5, stale-while-revalidate=0');
      expect(answer.headers.age).toBe('0');
    },
  );
});

describe('other answers', () => {
  it('of writes and of the health of the gateway are for nobody to keep', async () => {
    const { ask } = start(whole);
    for (const answer of [await ask('/v1/toys', {}, { method: 'PUT' }), await ask('/health')]) {
      expect(answer.statusCode).toBeLessThan(300);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers.etag).toBeUndefined();
      expect(answer.headers['content-encoding']).toBeUndefined();
    }
  });

  it('that pass through from a vendor have a tag, and are asked for again each time', async () => {
    const { ask } = start(whole);
    const answer = await ask('/native/toys', { 'accept-encoding': 'br' });
    expect(answer.headers['cache-control']).toBe('private, max-age=0, stale-while-revalidate=0');
    expect(answer.headers['content-encoding']).toBe('br');
    const again = { 'accept-encoding': 'br', 'if-none-match': String(answer.headers.etag) };
    expect((await ask('/native/toys', again)).statusCode).toBe(304);
  });

  it('of an operation that tells the present state are made each time, and kept by nobody', async () => {
    const { ask, runs } = start(whole, { live: ['read'] });
    await ask('/v1/toys');
    const answer = await ask('/v1/toys');
    expect(runs()).toBe(2);
    expect(answer.headers).toMatchObject({
      'cache-control': 'private, max-age=0, stale-while-revalidate=0',
      'cache-status': 'cost-gateway; fwd=miss',
    });
    expect(answer.headers.etag).toBeDefined();
  });

  it('that no media type fits are still refused', async () => {
    const { ask } = start(whole);
    expect((await ask('/v1/toys')).statusCode).toBe(200);
    const answer = await ask('/v1/toys', { accept: 'text/html' });
    expect(answer.statusCode).toBe(406);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});
