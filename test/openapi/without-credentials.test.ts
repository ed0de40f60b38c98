import { createHash, createHmac } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../../openapi/serve.ts';
import { describeRoutes } from '../../openapi/served-document.ts';
import { operations } from '../../routes/index.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';

/** Every route that the server has, as the server itself tells it, and every method. */

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const routes = new Map<string, Set<string>>();

/** What anybody may read: pages, documents, health. None of them shows a figure. */
const isOpen = (path: string): boolean =>
  /^\/($|health\/(live|ready)$|docs(\/|$)|openapi\.(json|yaml)$|openapi\/native\.json$|problems(\/|$)|assets\/style\.css$)/.test(
    path,
  );

const key = 'a-key-that-is-good-0123456789';
const digest = createHash('sha256').update(key).digest('hex');

const note = (message: unknown): void => {
  const server: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, 'fastify') : null;
  const addHook: unknown = typeof server === 'object' && server !== null ? Reflect.get(server, 'addHook') : null;
  if (typeof addHook !== 'function') throw new TypeError('there is no server to listen to');
  addHook.call(server, 'onRoute', ({ url, method }: { url: string; method: string | string[] }) => {
    routes.set(url, new Set([...(routes.get(url) ?? []), ...[method].flat()]));
  });
};

let app: RunningApp;
beforeAll(async () => {
  const clock = new VirtualClock();
  subscribe('fastify.initialization', note);
  app = await startApp([], {
    clock,
    authenticate: authenticator({
      mode: 'keys',
      clock,
      keys: [
        { name: 'good', digest, scopes: ['read', 'write', 'native:read', 'native:write', 'admin'] },
        {
          name: 'old',
          digest: createHash('sha256').update('old-key').digest('hex'),
          scopes: ['read'],
          expiresAt: '2026-01-01T00:00:00Z',
        },
      ],
    }),
    prepare: (server) => describeRoutes(server, operations),
    extend: (server) => {
      server.register(pages, {
        landing: () => ({ connections: [], version: '0' }),
      });
    },
  });
  unsubscribe('fastify.initialization', note);
  app.services.readiness.ready();
});
afterAll(() => app.close());

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (header: object, claims: object): string => {
  const text = `${base64(header)}.${base64(claims)}`;
  return `${text}.${createHmac('sha256', 'secret').update(text).digest('base64url')}`;
};
const claims = { sub: 'x', scope: 'read write admin', exp: 4_000_000_000 };

const bad: readonly Readonly<Record<string, string>>[] = [
  {},
  ...[
    '',
    ' ',
    'Bearer',
    'Bearer ',
    `Bearer ${key}x`,
    `Bearer x${key}`,
    `Bearer ${key.toUpperCase()}`,
    `Bearer ${key} ${key}`,
    `Basic ${Buffer.from(`good:${key}`).toString('base64')}`,
    key,
    `Token ${key}`,
    `Bearer ${digest}`,
    `Bearer sha256:${digest}`,
    'Bearer old-key',
    'Bearer undefined',
    'Bearer null',
    'Bearer *',
    'Bearer good',
    'Bearer ../../key',
    "Bearer ' OR 1=1 --",
    `Bearer ${'x'.repeat(8000)}`,
    `Bearer ${key.slice(0, -1)}`,
    `Bearer "${key}"`,
    `Bearer: ${key}`,
    `Bearer ${key},`,
    `Bearer ${token({ alg: 'none' }, claims)}`,
    `Bearer ${token({ alg: 'HS256' }, claims)}`,
    `Bearer ${base64({ alg: 'none' })}.${base64(claims)}.`,
    `Bearer ${token({ alg: 'HS256', kid: '../../dev/null' }, claims)}`,
    `Bearer ${token({ alg: 'HS256', jku: 'http://127.0.0.1:9/keys' }, claims)}`,
  ].map((authorization) => ({ authorization })),
  ...['', ' ', `${key}x`, digest, `Bearer ${key}`, 'old-key', `${key},${key}`, 'good'].map((value) => ({
    'x-api-key': value,
  })),
  { authorization: `Bearer ${key}`, 'x-api-key': 'other' },
  { authorization: 'Bearer other', 'x-api-key': key },
  { 'x-forwarded-user': 'good', 'x-forwarded-for': '127.0.0.1', 'x-http-method-override': 'GET' },
  { cookie: `api_key=${key}; authorization=Bearer ${key}` },
];

const pathsOf = (route: string): string => route.replaceAll(/:\w+/g, 'internal').replaceAll('*', 'x');

/** Status by path and method, wherever it is not what it must be. */
const leaks = async (
  headers: Readonly<Record<string, string>>,
  query = '',
  asked: readonly string[] = [...routes.keys()],
): Promise<string[]> => {
  const found: string[] = [];
  for (const route of asked) {
    for (const method of methods) {
      const url = `${pathsOf(route)}${query}`;
      const { statusCode, body } = await app.server.inject({ method, url, headers });
      const expected = isOpen(pathsOf(route)) || method === 'OPTIONS' ? [200, 204, 400, 404, 405] : [401, 404, 405];
      const figures = /"(amount|quotas|connection)":/.test(body) && !url.startsWith('/openapi');
      if (!expected.includes(statusCode) || figures) found.push(`${method} ${url}: ${statusCode}`);
    }
  }
  return found;
};

describe('without a credential', () => {
  it('there are routes to be asked, and each operation is one', () => {
    const served = [...routes].flatMap(([path, taken]) => [...taken].map((method) => `${method} ${path}`));
    const named = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
    expect(named.filter((name) => !served.includes(name))).toEqual([]);
    expect(routes.size).toBeGreaterThan(25);
  });

  it('an operation is open if its document says so, and only then', () => {
    expect(operations.filter(({ path, scope }) => isOpen(path) !== (scope === null)).map(({ id }) => id)).toEqual([]);
  });

  it('every route and method is refused, unknown or not taken, but for the pages that are open', async () => {
    expect(await leaks({})).toEqual([]);
    expect(await leaks({}, `?key=${key}&api_key=${key}&access_token=${key}`)).toEqual([]);
  });

  it('nothing that is no good credential opens anything', async () => {
    expect(bad.length).toBeGreaterThanOrEqual(40);
    const closed = [...routes.keys()].filter((route) => !isOpen(pathsOf(route)));
    expect(closed.length).toBeGreaterThan(10);
    for (const headers of bad) expect(await leaks(headers, '', closed), JSON.stringify(headers)).toEqual([]);
  });

  it('the good one does', async () => {
    const answer = await app.get('/v1/costs', { authorization: `Bearer ${key}` });
    expect(answer.status).not.toBe(401);
    expect((await leaks({ 'x-api-key': key })).length).toBeGreaterThan(10);
  });
});
