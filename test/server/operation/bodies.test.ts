import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converse, statusesIn } from './raw-socket.ts';
import { listen, toyApi } from './toy-api.ts';
import { create, remove } from './toy-operations.ts';

const { app } = toyApi([create, remove]);
let port = 0;
beforeAll(async () => {
  port = await listen(app);
});
afterAll(() => app.close());

const post = (
  payload: string | Buffer,
  headers: Record<string, string | string[]> = { 'content-type': 'application/json' },
) => app.inject({ method: 'POST', url: '/v1/toys', headers, payload });

const request = (headers: string, body: string): string =>
  `POST /v1/toys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n${body}`;

describe('a body', () => {
  it('is JSON, and arrives as it was sent', async () => {
    const answer = await post('{"name":"é😀e\u0301"}');
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ name: 'é😀e\u0301' });
  });

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"', 'application/json ; charset=UTF-8'])(
    'may be declared as %s',
    async (type) => {
      expect((await post('{"name":"a"}', { 'content-type': type })).statusCode).toBe(201);
    },
  );

  it.each([
    'text/plain',
    'application/json;',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8; x=y',
    'application/json,text/plain',
    'application/json text/plain',
    'application/json\t;a',
    'application/jsonp',
    'application/merge-patch+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'json',
    '*/*',
  ])('is not accepted as %j', async (type) => {
    const answer = await post('{"name":"a"}', { 'content-type': type });
    expect(answer.statusCode).toBe(415);
    expect(answer.json().type).toBe('/problems/unsupported-media-type');
  });

  it('is not accepted compressed or with two types', async () => {
    const json = 'content-type: application/json\r\n';
    const length = 'content-length: 12\r\n';
    const gzip = await converse(port, request(`${json}content-encoding: gzip\r\n${length}`, '{"name":"a"}'));
    expect(statusesIn(gzip)).toEqual([415]);
    const doubled = await converse(port, request(`${json}${json}${length}`, '{"name":"a"}'));
    expect(statusesIn(doubled)).toEqual([415]);
    const none = await converse(port, request(length, '{"name":"a"}'));
    expect(statusesIn(none)).toEqual([415]);
  });

  it('is needed where one is due, whatever type the nothing has', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }, { 'content-type': 'text/plain' }]) {
      const answer = await post('', headers);
      expect(answer.statusCode).toBe(400);
      expect(answer.json().errors).toEqual([{ path: 'body', message: 'a JSON body is due' }]);
    }
  });

  it('is refused where none is taken, but a content type alone is harmless', async () => {
    const headers = { 'content-type': 'application/json' };
    const url = '/v1/toys/1';
    expect((await app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204);
    const answer = await app.inject({ method: 'DELETE', url, headers, payload: '{}' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toEqual([{ path: 'body', message: 'this operation takes no body' }]);
  });

  it('has every fault named, unknown fields too', async () => {
    const answer = await post('{"size":"1","nmae":"x","constructor":1}');
    expect(answer.statusCode).toBe(400);
    const paths = answer.json().errors.map((fault: { path: string }) => fault.path);
    expect(paths).toEqual(expect.arrayContaining(['body.name', 'body.size', 'body.nmae', 'body.constructor']));
  });

  it.each(['[]', '1', '"x"', 'null', 'true'])('of another JSON type is refused: %s', async (body) => {
    expect((await post(body)).statusCode).toBe(400);
  });

  it('of more than 1 MiB is refused, and the connection closed', async () => {
    const large = `{"name":"${'x'.repeat(1_100_000)}"}`;
    const answer = await post(large);
    expect(answer.statusCode).toBe(413);
    expect(answer.headers.connection).toBe('close');
    expect((await post(`{"name":"${'x'.repeat(1_000_000)}"}`)).statusCode).toBe(201);
  });

  it('of more than 1 MiB in chunks of 1,000 bytes, without a length, is refused too', async () => {
    const chunk = `3e8\r\n${'x'.repeat(1_000)}\r\n`;
    const head = request('content-type: application/json\r\ntransfer-encoding: chunked\r\n', chunk.repeat(1_200));
    expect(statusesIn(await converse(port, head))).toEqual([413]);
  });

  it('that is announced as far too large is refused to a client that keeps sending', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/toys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'x'.repeat(1_500_000),
    });
    expect(answer.status).toBe(413);
  });

  it('that is hostile leaves Object.prototype as it was', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const body of [
      '{"name":"a","__proto__":{"polluted":1}}',
      '{"name":"a","\\u005f\\u005fproto\\u005f\\u005f":{"polluted":1}}',
      '{"name":"a","constructor":{"prototype":{"polluted":1}}}',
      '{"name":"a","name":"b"}',
      `{"name":"a","size":${'1'.repeat(1_000_000)}}`,
      '{"name":"a","size":1e400}',
      '{"a":'.repeat(150_000),
    ]) {
      expect((await post(body)).statusCode, body.slice(0, 40)).toBe(400);
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
