import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { one, wholeNumber } from '../../../src/server/operation/parameters.ts';
import { VirtualClock } from '../../support/clock.ts';
import { type ToyApi, toyApi } from './toy-api.ts';
import { create, defineOperation, echo, remove, toy } from './toy-operations.ts';

const limited = defineOperation({
  ...toy,
  id: 'limited',
  path: '/v1/limited',
  query: z.strictObject({ limit: one(wholeNumber({ min: 1, max: 10 })).default(5) }),
  handle: ({ query }) => ({ json: query }),
});
const open = defineOperation({ ...toy, id: 'open', path: '/open', scope: null, handle: () => ({ text: 'hello' }) });
const writing = defineOperation({
  ...toy,
  id: 'writing',
  path: '/v1/writing',
  scope: 'write',
  handle: () => ({ json: {} }),
});

let api: ToyApi | null = null;
const start = (...parameters: Parameters<typeof toyApi>): ToyApi['app'] => {
  api = toyApi(...parameters);
  return api.app;
};
afterEach(async () => {
  await api?.app.close();
});

describe('an operation', () => {
  it('answers as JSON, and as HEAD without the body', async () => {
    const app = start([limited]);
    const got = await app.inject('/v1/limited?limit=7');
    expect(got.statusCode).toBe(200);
    expect(got.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(got.json()).toEqual({ limit: 7 });
    const head = await app.inject({ method: 'HEAD', url: '/v1/limited?limit=7' });
    expect(head.statusCode).toBe(200);
    expect(head.headers['content-length']).toBe(got.headers['content-length']);
    expect(head.body).toBe('');
  });

  it('names every faulty parameter at once', async () => {
    const answer = await start([limited]).inject('/v1/limited?limit=Infinity&a[b]=1&__proto__=2&=3&limit=4');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json().errors.map((fault: { path: string }) => fault.path)).toEqual([
      'query.a[b]',
      'query.__proto__',
      'query.',
      'query.limit',
    ]);
    expect(Reflect.get({}, '2')).toBeUndefined();
  });

  it('refuses ten thousand parameters', async () => {
    const answer = await start([limited]).inject(`/v1/limited?${'a&'.repeat(5_000)}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toHaveLength(1);
  });

  it('gets path parameters decoded once', async () => {
    const app = start([echo]);
    for (const [raw, id] of [
      ['a%2Fb', 'a/b'],
      ['a%252Fb', 'a%2Fb'],
      ['elastic%3Ax', 'elastic:x'],
      ['..%2fadmin', '../admin'],
      ['%F0%9F%98%80', '😀'],
      ['e%CC%81', 'e\u0301'],
      ['a;b', 'a;b'],
    ]) {
      const answer = await app.inject(`/v1/echo/${raw}`);
      expect(answer.json().id, raw).toBe(id);
    }
  });

  it.each(['%00', 'a%0d%0ab', '%09', '%C2%85'])('refuses control characters in the path: %s', async (raw) => {
    const answer = await start([echo]).inject(`/v1/echo/${raw}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([{ path: 'path.id', message: 'must not contain control characters' }]);
  });

  it.each(['%', '%zz', '%FF', '%C0%AF', '%ED%A0%80'])('refuses a path that is not UTF-8: %s', async (raw) => {
    const answer = await start([echo]).inject(`/v1/echo/${raw}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().type).toBe('/problems/invalid-request');
    expect(answer.headers['x-request-id']).toBe(answer.json().requestId);
  });

  it('has no empty path parameter', async () => {
    expect((await start([echo]).inject('/v1/echo/')).statusCode).toBe(404);
  });

  it('is told of no-cache and of the type that is asked for', async () => {
    const app = start([echo]);
    const headers = { 'cache-control': 'max-age=0, No-Cache', accept: 'application/*' };
    expect((await app.inject({ url: '/v1/echo/a', headers })).json()).toMatchObject({
      noCache: true,
      accept: 'application/json',
    });
    const other = await app.inject({ url: '/v1/echo/a', headers: { 'cache-control': 'no-store' } });
    expect(other.json().noCache).toBe(false);
  });

  it('is not asked for a type that it cannot give', async () => {
    const answer = await start([echo]).inject({ url: '/v1/echo/a', headers: { accept: 'text/html' } });
    expect(answer.statusCode).toBe(406);
    expect(answer.json().detail).toBe('This operation answers as application/json.');
  });

  it('may answer without a body', async () => {
    const answer = await start([remove]).inject({ method: 'DELETE', url: '/v1/toys/1' });
    expect(answer.statusCode).toBe(204);
    expect(answer.body).toBe('');
    expect(answer.headers['content-type']).toBeUndefined();
  });

  it('that breaks is a 500 without a word of the cause, which is in the log', async () => {
    const broken = defineOperation({
      ...toy,
      handle: () => {
        throw new TypeError('hunter2 at /secret/path.ts');
      },
    });
    const answer = await start([broken]).inject('/v1/toys');
    expect(answer.statusCode).toBe(500);
    expect(answer.json().type).toBe('/problems/internal');
    expect(answer.body).not.toMatch(/hunter2|secret|TypeError|stack/);
    expect(api?.log.lines.find((line) => line.level === 'error')?.fields).toMatchObject({
      requestId: answer.json().requestId,
      internal: 'TypeError: hunter2 at /secret/path.ts',
    });
  });

  it('says how long to wait when a failure knows it', async () => {
    const throttled = defineOperation({
      ...toy,
      handle: () => {
        throw new Failure('vendor-throttled', { public: 'Wait.', retryAfterMs: 4_200 });
      },
    });
    const answer = await start([throttled]).inject('/v1/toys');
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json().retryAfterSeconds).toBe(5);
  });
});

describe('who may call', () => {
  it('is asked before anything of the request is read', async () => {
    const refuse = () => {
      throw new Failure('unauthenticated', { public: 'Who are you?' });
    };
    const app = start([create, open], { authenticate: refuse });
    const answer = await app.inject({ method: 'POST', url: '/v1/toys?nope=1', payload: 'x'.repeat(2_000_000) });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="cost-gateway"');
    expect((await app.inject('/open')).body).toBe('hello');
  });

  it('needs the scope of the operation, and a refusal names it', async () => {
    const answer = await start([writing]).inject('/v1/writing');
    expect(answer.statusCode).toBe(403);
    expect(answer.json().detail).toContain('write');
  });

  it('can be turned away once known', async () => {
    const app = start([echo], {
      admit: () => {
        throw new Failure('rate-limited', { public: 'Slowly.', retryAfterMs: 1_000 });
      },
    });
    expect((await app.inject('/v1/echo/a')).statusCode).toBe(429);
  });
});

describe('a path or method that does not exist', () => {
  it('is a 404 for every path that no operation has', async () => {
    const app = start([echo, create]);
    for (const url of ['/', '/v1', '/v1/toys/', '//v1/toys', '/V1/toys', `/${'x'.repeat(8_000)}`, '/v1/echo/a/b']) {
      const answer = await app.inject(url);
      expect(answer.statusCode, url.slice(0, 20)).toBe(404);
      expect(answer.json().type).toBe('/problems/not-found');
    }
  });

  it('is a 405 with Allow for a method that the path does not take, whatever the body', async () => {
    const app = start([echo, create, remove]);
    const answer = await app.inject({
      method: 'PUT',
      url: '/v1/toys',
      headers: { 'content-type': 'x/y' },
      payload: '{',
    });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('OPTIONS, POST');
    const other = await app.inject({ method: 'POST', url: '/v1/echo/a%2Fb?x=1' });
    expect(other.statusCode).toBe(405);
    expect(other.headers.allow).toBe('GET, HEAD, OPTIONS');
  });

  it('is a 204 with Allow for OPTIONS on a known path, a 404 on others', async () => {
    const app = start([echo, create]);
    const answer = await app.inject({ method: 'OPTIONS', url: '/v1/toys' });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers.allow).toBe('OPTIONS, POST');
    expect((await app.inject({ method: 'OPTIONS', url: '/nope' })).statusCode).toBe(404);
  });
});

describe('the deadline of a request', () => {
  const clock = new VirtualClock();
  const asking = defineOperation({ ...toy, handle: ({ deadline }) => ({ json: deadline - clock.monotonic() }) });

  it('can be lowered by the caller, never raised', async () => {
    const app = start([asking], { clock, requestDeadlineMs: 15_000 });
    const left = async (value?: string) =>
      (await app.inject({ url: '/v1/toys', headers: value === undefined ? {} : { 'x-deadline-ms': value } })).json();
    expect(await left()).toBe(15_000);
    expect(await left('200')).toBe(200);
    expect(await left('600000')).toBe(15_000);
  });

  it.each(['0', '600001', '-1', '1e3', '0x10', '1.5', '', ' 1', 'Infinity', '1, 2'])(
    'is a whole number from 1 to 600000, not %j',
    async (value) => {
      const answer = await start([asking], { clock }).inject({ url: '/v1/toys', headers: { 'x-deadline-ms': value } });
      expect(answer.statusCode).toBe(400);
      expect(answer.json().errors[0].path).toBe('header.x-deadline-ms');
    },
  );

  it('counts the time for which the request waited before it was seen', async () => {
    const app = start([asking], { clock, requestDeadlineMs: 15_000, unseenMs: () => 400 });
    expect((await app.inject('/v1/toys')).json()).toBe(14_600);
  });

  it('turns an answer into a problem that was made too late, though the timer was late as well', async () => {
    let blockedMs = 0;
    const late = Object.assign(new VirtualClock(), { monotonic: () => blockedMs });
    const blocking = (milliseconds: number) =>
      defineOperation({
        ...toy,
        handle: () => {
          blockedMs += milliseconds;
          return { json: 1 };
        },
      });
    const statusAfter = async (milliseconds: number): Promise<number> => {
      const app = start([blocking(milliseconds)], { clock: late, requestDeadlineMs: 1_000 });
      return (await app.inject('/v1/toys')).statusCode;
    };
    expect(await statusAfter(1_250)).toBe(200);
    expect(await statusAfter(1_251)).toBe(504);
  });

  it('cuts off a handler that does not keep it, and aborts its signal', async () => {
    let reason: unknown = null;
    const stuck = defineOperation({
      ...toy,
      handle: ({ signal }) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
        });
        return new Promise(() => {});
      },
    });
    const app = start([stuck], { clock, requestDeadlineMs: 1_000 });
    const pending = app.inject('/v1/toys');
    await clock.advance(900);
    expect(reason).toBeNull();
    await clock.advance(400);
    const answer = await pending;
    expect(answer.statusCode).toBe(504);
    expect(answer.json().type).toBe('/problems/deadline-exceeded');
    expect(reason).toBeInstanceOf(Failure);
    expect(clock.waiting).toBe(0);
  });
});

describe('what stands around every operation', () => {
  it('may answer instead of it, with bytes made earlier', async () => {
    const app = start([echo], {
      around: async ({ operation }, run) =>
        operation.id === 'echo' ? { bytes: Buffer.from('{"cached":true}'), headers: { etag: '"x"' } } : run(),
    });
    const answer = await app.inject('/v1/echo/a');
    expect(answer.json()).toEqual({ cached: true });
    expect(answer.headers.etag).toBe('"x"');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  });
});
