import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { crossOrigin } from '../../../src/server/plugins/cross-origin.ts';
import { type ToyApi, toyApi } from '../operation/toy-api.ts';
import { create, echo } from '../operation/toy-operations.ts';

const page = 'https://dashboard.example.com';
let api: ToyApi | null = null;
afterEach(async () => {
  await api?.app.close();
});

const start = (origins: readonly string[]) => {
  const made = toyApi(
    [echo, create],
    {
      authenticate: ({ headers }) => {
        if (headers['x-api-key'] === undefined) throw new Failure('unauthenticated', { public: 'Who are you?' });
        return { name: 'a', scopes: new Set(['read']), connections: null };
      },
    },
    (app) => crossOrigin(app, origins),
  );
  api = made;
  return (method: 'GET' | 'OPTIONS', url: string, headers: Record<string, string>) =>
    made.app.inject({ method, url, headers });
};
const preflight = { origin: page, 'access-control-request-method': 'GET' };

describe('a page of a listed origin', () => {
  it('is told by a preflight, without credentials, what it may send', async () => {
    const answer = await start([page])('OPTIONS', '/v1/echo/a', preflight);
    expect(answer.statusCode).toBe(204);
    expect(answer.body).toBe('');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
    expect(answer.headers['access-control-allow-headers']).toMatch(/Authorization.*Idempotency-Key.*X-Api-Key/);
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers['x-request-id']).toBeDefined();
  });

  it('may read answers, problems too, with the headers that matter', async () => {
    const ask = start([page]);
    for (const headers of [{ origin: page, 'x-api-key': 'x' }, { origin: page }]) {
      const answer = await ask('GET', '/v1/echo/a', headers);
      expect(answer.headers['access-control-allow-origin']).toBe(page);
      expect(answer.headers['access-control-expose-headers']).toMatch(/ETag.*RateLimit.*Retry-After.*X-Request-Id/);
      expect(answer.headers.vary).toContain('Origin');
    }
    expect((await ask('GET', '/nope', { origin: page })).headers['access-control-allow-origin']).toBe(page);
  });

  it('gets plain OPTIONS answered as anybody does', async () => {
    const answer = await start([page])('OPTIONS', '/v1/toys', { origin: page });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers.allow).toBe('OPTIONS, POST');
  });
});

describe('a page of another origin', () => {
  it.each([
    'https://evil.example',
    'http://dashboard.example.com',
    'https://dashboard.example.com.evil.example',
    'https://dashboard.example.com:8443',
    'HTTPS://DASHBOARD.EXAMPLE.COM',
    'null',
    '',
  ])('is told nothing, and caches learn that it depends: %j', async (origin) => {
    const ask = start([page]);
    for (const answer of [
      await ask('OPTIONS', '/v1/echo/a', { ...preflight, origin }),
      await ask('GET', '/v1/echo/a', { origin, 'x-api-key': 'x' }),
    ]) {
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(answer.headers.vary).toContain('Origin');
    }
  });
});

describe('without a list', () => {
  it('nothing is said of origins', async () => {
    const answer = await start([])('GET', '/v1/echo/a', { origin: page, 'x-api-key': 'x' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers.vary).toBeUndefined();
  });

  it('but a star every page may call', async () => {
    const answer = await start(['*'])('OPTIONS', '/v1/echo/a', { ...preflight, origin: 'null' });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });
});
