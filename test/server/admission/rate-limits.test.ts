import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { createRateLimits } from '../../../src/server/admission/rate-limits.ts';
import { mount } from '../../../src/server/operation/mount.ts';
import { type ServerTrust, serverOptions } from '../../../src/server/operation/server-options.ts';
import { requestContext } from '../../../src/server/plugins/request-context.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import { silentLog } from '../../../src/telemetry/log.ts';
import { VirtualClock } from '../../support/clock.ts';
import { create, defineOperation, echo, toy } from '../operation/toy-operations.ts';

const health = defineOperation({
  ...toy,
  id: 'health',
  path: '/health/live',
  scope: null,
  handle: () => ({ json: 1 }),
});
const open = defineOperation({ ...toy, id: 'open', path: '/open', scope: null, handle: () => ({ json: 1 }) });
const forbidden = defineOperation({
  ...toy,
  id: 'forbidden',
  path: '/v1/forbidden',
  scope: 'admin',
  handle: () => ({}),
});

let server: FastifyInstance | null = null;
afterEach(async () => {
  await server?.close();
});

/** `x-who` is the credential; nothing else of a request says who calls. */
const start = (limit: number, trustProxy?: ServerTrust) => {
  const clock = new VirtualClock();
  const limits = createRateLimits({
    clock,
    store: createMemoryStore(clock),
    log: silentLog,
    limit,
    windowMs: 60_000,
    replicas: 1,
  });
  const made = Fastify(serverOptions({ clock, log: silentLog, ...(trustProxy === undefined ? {} : { trustProxy }) }));
  server = made;
  requestContext(made, { log: silentLog });
  limits.watch(made);
  mount(made, [echo, create, health, open, forbidden], null, {
    clock,
    log: silentLog,
    requestDeadlineMs: 5_000,
    authenticate: limits.guard(({ headers }) => {
      const who = headers['x-who'];
      if (typeof who !== 'string') throw new Failure('unauthenticated', { public: 'Who are you?' });
      return { name: who, scopes: new Set(['read']), connections: null };
    }),
    admit: limits.admit,
  });
  made.get('/page', async () => 'a page');
  const ask = async (url: string, headers: Record<string, string> = {}, remoteAddress = '192.0.2.1', method = 'GET') =>
    made.inject({ url, headers, remoteAddress, ...(method === 'OPTIONS' ? { method: 'OPTIONS' } : {}) });
  const statuses = async (times: number, ...request: Parameters<typeof ask>): Promise<number[]> => {
    const seen: number[] = [];
    for (let index = 0; index < times; index += 1) seen.push((await ask(...request)).statusCode);
    return seen;
  };
  return { app: made, ask, statuses, clock };
};

describe('a consumer within its limit', () => {
  it('is told on every answer what is left of it', async () => {
    const { ask, clock } = start(600);
    const first = await ask('/v1/echo/a', { 'x-who': 'a' });
    expect(first.headers['ratelimit-policy']).toBe('"default";q=600;w=60');
    expect(first.headers.ratelimit).toBe('"default";r=599;t=60');
    await clock.advance(17_500);
    const second = await ask('/v1/echo/a?nope=1', { 'x-who': 'a' });
    expect(second.statusCode).toBe(400);
    expect(second.headers.ratelimit).toBe('"default";r=598;t=43');
    expect(second.headers['retry-after']).toBeUndefined();
  });
});

describe('a consumer at its limit', () => {
  it('gets a 429 problem that says when to come back, and then it may', async () => {
    const { ask, statuses, clock } = start(3);
    expect(await statuses(4, '/v1/echo/a', { 'x-who': 'a' })).toEqual([200, 200, 200, 429]);
    await clock.advance(20_000);
    const refused = await ask('/v1/echo/a', { 'x-who': 'a' });
    expect(refused.json()).toMatchObject({ type: '/problems/rate-limited', status: 429, retryAfterSeconds: 40 });
    expect(refused.headers).toMatchObject({ 'retry-after': '40', ratelimit: '"default";r=0;t=40' });
    await clock.advance(40_000);
    expect(await statuses(1, '/v1/echo/a', { 'x-who': 'a' })).toEqual([200]);
  });

  it('is not relieved by another path, address or header, and takes nothing from others', async () => {
    const { ask, statuses } = start(2);
    await statuses(2, '/v1/echo/a', { 'x-who': 'a' });
    const tricks = {
      'x-who': 'a',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-http-method-override': 'PUT',
      host: 'elsewhere.example',
    };
    expect((await ask('/v1/echo/b', tricks, '192.0.2.9')).statusCode).toBe(429);
    expect((await ask('/v1/forbidden', { 'x-who': 'a' })).statusCode).toBe(429);
    expect((await ask('/v1/echo/a', { 'x-who': 'b' })).statusCode).toBe(200);
  });

  it('has spent it on refusals as well', async () => {
    const { statuses } = start(3);
    expect(await statuses(2, '/v1/forbidden', { 'x-who': 'a' })).toEqual([403, 403]);
    expect(await statuses(1, '/v1/echo/a', { 'x-who': 'a', 'x-deadline-ms': 'x' })).toEqual([400]);
    expect(await statuses(1, '/v1/echo/a', { 'x-who': 'a' })).toEqual([429]);
  });
});

describe('the consumer that everybody is without authentication', () => {
  it('has a limit for each address, so that one client uses up no limit of others', async () => {
    const { statuses } = start(2);
    const anonymous = { 'x-who': 'anonymous' };
    expect(await statuses(3, '/v1/echo/a', anonymous)).toEqual([200, 200, 429]);
    expect(await statuses(1, '/v1/echo/a', anonymous, '192.0.2.2')).toEqual([200]);
  });
});

describe('a client without a consumer', () => {
  it('is limited by its address on refused credentials, unknown paths, wrong methods and pages together', async () => {
    const { ask, statuses } = start(5);
    expect(await statuses(1, '/v1/echo/a')).toEqual([401]);
    expect(await statuses(1, '/nope')).toEqual([404]);
    expect(await statuses(1, '/v1/toys')).toEqual([405]);
    expect(await statuses(1, '/page')).toEqual([200]);
    expect((await ask('/open')).headers.ratelimit).toBe('"default";r=0;t=60');
    for (const url of ['/v1/echo/a', '/nope', '/v1/toys', '/page', '/open']) {
      const answer = await ask(url);
      expect(answer.statusCode, url).toBe(429);
      expect(answer.headers['retry-after']).toBe('60');
    }
  });

  it('takes nothing from a consumer at the same address, nor from another address', async () => {
    const { statuses } = start(2);
    expect(await statuses(3, '/v1/echo/a')).toEqual([401, 401, 429]);
    expect(await statuses(1, '/v1/echo/a', { 'x-who': 'a' })).toEqual([200]);
    expect(await statuses(1, '/v1/echo/a', {}, '192.0.2.2')).toEqual([401]);
  });

  it('cannot choose the address it is counted under', async () => {
    const { ask, statuses } = start(2);
    await statuses(2, '/nope');
    expect((await ask('/nope', { 'x-forwarded-for': '203.0.113.9' })).statusCode).toBe(429);
  });

  it('is counted under the address that a trusted proxy tells, which it cannot forge either', async () => {
    const { ask, statuses } = start(2, ['192.0.2.1']);
    expect(await statuses(3, '/nope', { 'x-forwarded-for': '203.0.113.9' })).toEqual([404, 404, 429]);
    expect((await ask('/nope', { 'x-forwarded-for': '203.0.113.8' })).statusCode).toBe(404);
    expect((await ask('/nope', { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' })).statusCode).toBe(429);
    expect((await ask('/nope', { 'x-forwarded-for': '203.0.113.7' }, '203.0.113.9')).statusCode).toBe(429);
  });
});

describe('what is never limited', () => {
  it('is the health of the gateway', async () => {
    const { ask, statuses } = start(1);
    await statuses(2, '/nope');
    expect(await statuses(5, '/health/live')).toEqual([200, 200, 200, 200, 200]);
    expect((await ask('/health/live')).headers.ratelimit).toBeUndefined();
  });

  it('is OPTIONS', async () => {
    const { statuses } = start(1);
    await statuses(2, '/nope');
    expect(await statuses(3, '/v1/toys', {}, '192.0.2.1', 'OPTIONS')).toEqual([204, 204, 204]);
  });
});
