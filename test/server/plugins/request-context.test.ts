import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestIdOf } from '../../../src/server/plugins/request-context.ts';
import { VirtualClock } from '../../support/clock.ts';
import { converse } from '../operation/raw-socket.ts';
import { listen, toyApi } from '../operation/toy-api.ts';
import { create, echo } from '../operation/toy-operations.ts';

const { app, log } = toyApi([echo, create]);
let port = 0;
beforeAll(async () => {
  port = await listen(app);
});
afterAll(() => app.close());

describe('a request id', () => {
  it.each(['a', 'A-Za-z0-9._-', '0'.repeat(128), '..'])('that is well-formed comes back: %s', async (id) => {
    const answer = await app.inject({ url: '/v1/echo/a', headers: { 'x-request-id': id } });
    expect(answer.headers['x-request-id']).toBe(id);
  });

  it.each(['', ' ', 'a b', '0'.repeat(129), 'é', 'a,b', 'a;b', '<b>', 'a\tb', '"a"', 'a/b'])(
    'that is not well-formed is replaced: %j',
    (id) => {
      expect(requestIdOf(id, new VirtualClock())).toBe('id-1');
    },
  );

  it('is new when two are sent', async () => {
    const received = await converse(
      port,
      'GET /v1/echo/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: a\r\nX-Request-Id: b\r\n\r\n',
    );
    expect(received).toMatch(/x-request-id: [0-9a-f-]{36}\r\n/);
  });

  it('stands on every answer, problems and unreadable paths too, and is the one in the problem', async () => {
    for (const url of ['/nope', '/v1/toys', '/v1/echo/%FF', '/v1/echo/a?x=1', `/v1/echo/${'x'.repeat(9_000)}`]) {
      const answer = await app.inject({ url, headers: { 'x-request-id': 'mine' } });
      expect(answer.headers['x-request-id'], url.slice(0, 20)).toBe('mine');
      expect(answer.json().requestId).toBe('mine');
    }
    const options = await app.inject({ method: 'OPTIONS', url: '/v1/toys', headers: { 'x-request-id': 'mine' } });
    expect(options.headers['x-request-id']).toBe('mine');
  });
});

describe('the log', () => {
  it('has one line for each request, without its query', async () => {
    log.lines.length = 0;
    await app.inject({ url: '/v1/echo/a?token=hunter2', headers: { 'x-request-id': 'logged' } });
    const lines = log.lines.filter((line) => 'requestId' in line.fields && line.fields.requestId === 'logged');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.fields).toMatchObject({ path: '/v1/echo/a', operation: 'echo', consumer: 'reader', status: 400 });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });
});
