import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { IncomingMessage, ServerResponse, request as send } from 'node:http';
import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AppOptions } from '../../../src/app/options.ts';
import { openDoor } from '../../../src/server/admission/door.ts';
import type { Overload } from '../../../src/server/admission/overload.ts';
import { openOverload } from '../../../src/server/admission/overload.ts';
import { authenticator } from '../../../src/server/identity/caller-auth.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import { startApp } from '../../support/app.ts';
import { VirtualClock } from '../../support/clock.ts';

const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');
const keysFor = (clock: VirtualClock) =>
  authenticator({
    mode: 'keys',
    clock,
    keys: ['one', 'other'].map((name) => ({ name, digest: digestOf(name), scopes: ['read', 'write'] })),
  });

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** The app on a port, and how many of its requests came as far as authentication. */
const start = async (options: Partial<AppOptions> = {}) => {
  const clock = new VirtualClock();
  let read = 0;
  const authenticate = keysFor(clock);
  const app = await startApp([], {
    clock,
    store: createMemoryStore(clock),
    rateLimit: { limit: 2, windowMs: 60_000 },
    authenticate: (headers) => {
      read += 1;
      return authenticate(headers);
    },
    ...options,
  });
  onTestFinished(() => app.close());
  const { port } = new URL(await app.server.listen({ host: '127.0.0.1', port: 0 }));
  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Seen> => {
    const request = send({ port, path, method, headers: { 'x-api-key': 'one', 'x-request-id': 'same', ...headers } });
    request.end();
    const [response] = await once(request, 'response');
    let body = '';
    for await (const bytes of response) body += String(bytes);
    return { status: response.statusCode, headers: response.headers, body };
  };
  return { ask, clock, read: () => read };
};

const path = '/v1/exchange-rates';

const exchangeOf = (key: string) => {
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.url = '/v1/costs';
  request.headers['x-api-key'] = key;
  return { request, response: new ServerResponse(request) };
};

describe('a caller above its limit', () => {
  it('gets the same refusal before its request is read as after', async () => {
    const { ask, read } = await start();
    await ask(path);
    await ask(path);
    const first = await ask(path);
    expect([first.status, read()]).toEqual([429, 3]);
    const second = await ask(path);
    expect(read()).toBe(3);
    const headersOf = ({ headers }: Seen) => ({ ...headers, date: '' });
    expect(headersOf(second)).toEqual(headersOf(first));
    expect(second.body).toBe(first.body);
    expect(second.headers['retry-after']).toBe('60');
  });

  it('is asked about again after a second, and let in when its units are back', async () => {
    const { ask, read, clock } = await start();
    for (let count = 0; count < 4; count += 1) await ask(path);
    expect(read()).toBe(3);
    await clock.advance(1_000);
    expect([(await ask(path)).status, read()]).toEqual([429, 4]);
    await clock.advance(59_200);
    expect((await ask(path)).status).toBe(200);
  });

  it('keeps no other credential out, no other path, no health and no preflight', async () => {
    const { ask } = await start();
    for (let count = 0; count < 4; count += 1) await ask(path);
    expect((await ask(path, { 'x-api-key': 'other' })).status).toBe(200);
    expect((await ask('/health/live')).status).toBe(200);
    expect((await ask('/openapi.json')).status).not.toBe(429);
    expect((await ask(path, {}, 'OPTIONS')).status).toBe(204);
  });

  it('tells a page of another origin that it may read the refusal', async () => {
    const { ask } = await start({ corsOrigins: ['https://app.example'] });
    for (let count = 0; count < 4; count += 1) await ask(path);
    const refused = await ask(path, { origin: 'https://app.example' });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([429, 'https://app.example']);
  });

  it('is not taken for the caller of a page from the same address', async () => {
    const { ask } = await start();
    for (let count = 0; count < 4; count += 1) await ask('/nowhere');
    expect((await ask('/nowhere')).status).toBe(429);
    expect((await ask(path)).status).toBe(200);
  });
});

describe('a gateway whose queue is full', () => {
  it('refuses who is known before the request is read, but not health', async () => {
    const clock = new VirtualClock();
    const real = openOverload({ clock });
    let full = false;
    const overload: Overload = { ...real, isHopeless: () => full };
    onTestFinished(real.close);
    const { ask, read } = await start({ overload, rateLimit: { limit: 100, windowMs: 60_000 } });
    expect((await ask(path)).status).toBe(200);
    full = true;
    const refused = await ask(path);
    expect([refused.status, refused.headers['retry-after'], read()]).toEqual([503, '1', 1]);
    expect(JSON.parse(refused.body)).toMatchObject({ type: '/problems/overloaded', instance: path, requestId: 'same' });
    expect((await ask('/health/live')).status).toBe(200);
    expect(overload.state().shed).toBe(1);
  });

  it('still answers what is stored', async () => {
    const clock = new VirtualClock();
    const real = openOverload({ clock });
    let full = false;
    const overload: Overload = { ...real, isHopeless: () => full };
    onTestFinished(real.close);
    const { ask } = await start({ overload, answerFreshMs: 5_000, rateLimit: { limit: 100, windowMs: 60_000 } });
    await ask(path);
    full = true;
    const stored = await ask(path);
    expect([stored.status, stored.headers['cache-status']]).toEqual([200, 'cost-gateway; hit; ttl=5']);
    expect((await ask(`${path}?limit=5`)).status).toBe(503);
  });
});

describe('a turn of the event loop that lasts long', () => {
  const longTurn = (isWithinShare: (who: string | null) => boolean) => {
    let now = 0;
    const clock = Object.assign(new VirtualClock(), { monotonic: () => now });
    const refused: string[] = [];
    const door = openDoor({
      clock,
      trustsProxy: false,
      segments: new Set(['v1']),
      isHopeless: () => false,
      isWithinShare,
      passes: () => false,
      refuse: ({ headers }) => refused.push(String(headers['x-api-key'])),
    });
    const ask = (key: string): boolean => {
      const { request, response } = exchangeOf(key);
      door.answers(request, response);
      door.knows(request, key);
      now += 1;
      return refused.pop() === key;
    };
    return ask;
  };

  it('takes some requests of each turn and refuses the rest of who is beyond its share', async () => {
    const ask = longTurn((who) => who !== 'greedy');
    const answers = Array.from({ length: 40 }, () => ask('greedy'));
    expect(answers.indexOf(true)).toBe(32);
    expect([ask('quiet'), ask('quiet'), ask('greedy')]).toEqual([false, false, true]);
    await nextTurn();
    expect(ask('greedy')).toBe(false);
  });

  it('never refuses who was not seen before: it may be within its share', () => {
    const asked: (string | null)[] = [];
    const ask = longTurn((who) => {
      asked.push(who);
      return who === null;
    });
    for (let count = 0; count < 40; count += 1) ask('greedy');
    expect(ask('new')).toBe(false);
    expect(asked.at(-1)).toBe(null);
  });
});
