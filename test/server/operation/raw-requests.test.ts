import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { converse, statusesIn } from './raw-socket.ts';
import { listen, toyApi } from './toy-api.ts';
import { create, defineOperation, echo, toy } from './toy-operations.ts';

let handled = 0;
const counting = defineOperation({
  ...toy,
  id: 'counting',
  path: '/v1/count',
  handle: () => {
    handled += 1;
    return { json: handled };
  },
});
const slow = defineOperation({
  ...toy,
  id: 'slow',
  path: '/v1/slow',
  answers: { 200: { description: 'Late.', schema: z.unknown() } },
  handle: ({ services: _services }) => new Promise((resolve) => setTimeout(() => resolve({ json: 'late' }), 150)),
});

const { app } = toyApi([create, echo, counting, slow], {
  limits: { requestTimeoutMs: 500, headersTimeoutMs: 300, checkEveryMs: 100 },
});
let port = 0;
beforeAll(async () => {
  port = await listen(app);
});
afterAll(() => app.close());

const problemIn = (received: string) => {
  const body = received.slice(received.indexOf('\r\n\r\n') + 4);
  const problem: unknown = JSON.parse(body);
  return problem;
};
const json = 'Content-Type: application/json\r\n';

describe('bytes that are no request', () => {
  it.each([
    [
      'a length and chunks',
      `POST /v1/toys HTTP/1.1\r\nHost: x\r\n${json}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/count HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    [
      'two lengths',
      `POST /v1/toys HTTP/1.1\r\nHost: x\r\n${json}Content-Length: 4\r\nContent-Length: 5\r\n\r\nGET /v1/count HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    ['a signed length', `POST /v1/toys HTTP/1.1\r\nHost: x\r\n${json}Content-Length: +4\r\n\r\n`],
    [
      'an unknown transfer coding',
      `POST /v1/toys HTTP/1.1\r\nHost: x\r\n${json}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a bare line feed', 'GET /v1/count HTTP/1.1\nHost: x\n\n'],
    ['a folded header', 'GET /v1/count HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n'],
    ['a NUL in a header', 'GET /v1/count HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n'],
    ['a blank before the colon', 'GET /v1/count HTTP/1.1\r\nHost : x\r\n\r\n'],
    ['two Host headers', 'GET /v1/count HTTP/1.1\r\nHost: x\r\nhOSt: y\r\nConnection: close\r\n\r\n'],
    ['no Host', 'GET /v1/count HTTP/1.1\r\n\r\n'],
    ['HTTP/0.9', 'GET /v1/count\r\n\r\n'],
    ['HTTP/0.9, said aloud', 'GET /v1/count HTTP/0.9\r\nHost: x\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a blank in the path', 'GET /v1/count /v1/count HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a broken chunk size', `POST /v1/toys HTTP/1.1\r\nHost: x\r\n${json}Transfer-Encoding: chunked\r\n\r\nZZ\r\n\r\n`],
    [
      '20 kB of chunk extension',
      `POST /v1/toys HTTP/1.1\r\nHost: x\r\n${json}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}\r\nx\r\n0\r\n\r\n`,
    ],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['garbage', 'hello\r\n\r\n'],
  ])('are answered 400 and closed, and nothing is executed: %s', async (_name, bytes) => {
    const before = handled;
    const received = await converse(port, Buffer.from(bytes, 'latin1'));
    expect(statusesIn(received)).toEqual([400]);
    expect(received.toLowerCase()).toContain('connection: close');
    expect(handled).toBe(before);
  });

  it('are answered with a problem that has an id and says nothing of the cause', async () => {
    const received = await converse(port, 'hello\r\n\r\n');
    expect(received).toMatch(/content-type: application\/problem\+json/);
    expect(problemIn(received)).toMatchObject({ type: '/problems/invalid-request', status: 400 });
    expect(received).not.toMatch(/HPE|Parse Error|node/i);
    expect(received).toMatch(/x-request-id: \S+/);
  });

  it('get 431 for headers of more than 16 kB', async () => {
    const received = await converse(port, `GET /v1/count HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(problemIn(received)).toMatchObject({ type: '/problems/headers-too-large', status: 431 });
  });

  it('come after the answer to a whole request that was sent before them', async () => {
    const received = await converse(port, 'GET /v1/slow HTTP/1.1\r\nHost: x\r\n\r\nGARBAGE\r\n\r\n');
    expect(statusesIn(received)).toEqual([200, 400]);
    expect(received).toContain('"late"');
  });
});

describe('a slow client', () => {
  it('gets 408 for headers that do not end', async () => {
    const received = await converse(port, 'GET /v1/count HTTP/1.1\r\nHost: x\r\nX-A: b');
    expect(problemIn(received)).toMatchObject({ type: '/problems/request-timeout', status: 408 });
  });

  it('gets 408 for a body that does not end', async () => {
    const received = await converse(port, `POST /v1/toys HTTP/1.1\r\nHost: x\r\n${json}Content-Length: 100\r\n\r\n{`);
    expect(statusesIn(received)).toEqual([408]);
  });
});

describe('an ordinary client', () => {
  it('may pipeline', async () => {
    const one = 'GET /v1/count HTTP/1.1\r\nHost: x\r\n\r\n';
    const last = 'GET /v1/count HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const before = handled;
    expect(statusesIn(await converse(port, `${one}${one}${last}`))).toEqual([200, 200, 200]);
    expect(handled).toBe(before + 3);
  });

  it('may name the origin in the target, which decides nothing', async () => {
    const received = await converse(
      port,
      'GET http://evil.example/v1/count HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(statusesIn(received)).toEqual([200]);
  });

  it('cannot choose another method by a header', async () => {
    const before = handled;
    const answer = await app.inject({ method: 'PUT', url: '/v1/count', headers: { 'x-http-method-override': 'GET' } });
    expect(answer.statusCode).toBe(405);
    expect(handled).toBe(before);
  });

  it('must percent-encode its query', async () => {
    const received = await converse(
      port,
      Buffer.from('GET /v1/count?a=\u00e9 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'latin1'),
    );
    expect(statusesIn(received)).toEqual([400]);
  });
});
