import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converse, statusesIn } from '../server/operation/raw-socket.ts';
import type { RunningApp } from '../support/app.ts';
import { startToyGateway } from './toy-gateway.ts';

/**
 * Bytes on which two servers could disagree where a request ends, at the whole gateway. What hides behind the first
 * request must never be answered, whatever becomes of the first.
 */

let app: RunningApp;
let port = 0;
beforeAll(async () => {
  app = await startToyGateway();
  port = Number(new URL(await app.server.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => app.close());

const hidden = 'GET /v1/budgets HTTP/1.1\r\nHost: hidden\r\nX-Request-Id: hidden\r\nConnection: close\r\n\r\n';
const json = 'Content-Type: application/json\r\n';
const post = (headers: string, body: string) =>
  `POST /v1/budgets HTTP/1.1\r\nHost: x\r\n${json}${headers}Connection: close\r\n\r\n${body}`;
const get = (headers: string, body = '') =>
  `GET /v1/budgets HTTP/1.1\r\nHost: x\r\n${headers}Connection: close\r\n\r\n${body}`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;

const talk = async (bytes: string): Promise<string> => {
  const received = await converse(port, Buffer.from(bytes, 'latin1'));
  expect(received.toLowerCase()).not.toContain('x-request-id: hidden');
  expect(statusesIn(received).filter((status) => status >= 500)).toEqual([]);
  return received;
};

describe('a request with another hidden behind it', () => {
  it.each<[string, string]>([
    ['length and chunks', post('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden}`)],
    ['chunks and length', post('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n', `0\r\n\r\n${hidden}`)],
    ['two lengths', post(`Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n`, hidden)],
    ['a list of lengths', post(`Content-Length: 0, ${hidden.length}\r\n`, hidden)],
    ['a length in hexadecimal', post('Content-Length: 0x5\r\n', hidden)],
    ['a negative length', post('Content-Length: -1\r\n', hidden)],
    ['a length with a blank in it', post('Content-Length: 1 0\r\n', hidden)],
    ['chunks said twice', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', `0\r\n\r\n${hidden}`)],
    ['chunks that are not last', post('Transfer-Encoding: chunked, identity\r\n', `0\r\n\r\n${hidden}`)],
    ['an unknown coding', post('Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${hidden}`)],
    ['a coding behind a tab', post('Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n', `0\r\n\r\n${hidden}`)],
    ['a blank before the colon', post('Transfer-Encoding : chunked\r\n', `0\r\n\r\n${hidden}`)],
    ['a folded coding', post('Transfer-Encoding:\r\n chunked\r\n', `0\r\n\r\n${hidden}`)],
    ['a vertical tab in the coding', post('Transfer-Encoding: \x0bchunked\r\n', `0\r\n\r\n${hidden}`)],
    ['a chunk size with a sign', post('Transfer-Encoding: chunked\r\n', `+0\r\n\r\n${hidden}`)],
    ['a chunk size in another base', post('Transfer-Encoding: chunked\r\n', `0x0\r\n\r\n${hidden}`)],
    ['an endless chunk size', post('Transfer-Encoding: chunked\r\n', `${'f'.repeat(40)}\r\n${hidden}`)],
    ['a chunk that is longer than said', post('Transfer-Encoding: chunked\r\n', `1\r\nabc\r\n0\r\n\r\n${hidden}`)],
    ['chunks with bare line feeds', post('Transfer-Encoding: chunked\r\n', `0\n\n${hidden}`)],
    ['a carriage return alone', get('X-A: b\rX-B: c\r\n', hidden)],
    ['a header without a colon', get('Nonsense\r\n', hidden)],
    ['a header without a name', get(': value\r\n', hidden)],
    ['two hosts', get('Host: y\r\n', hidden)],
  ])('is refused or ends the connection: %s', async (_name, bytes) => {
    const statuses = statusesIn(await talk(bytes));
    expect(statuses.length).toBe(1);
    expect(statuses[0]).toBeLessThan(500);
  });

  it.each<[string, string, number]>([
    ['a length that covers it', post(`Content-Length: ${hidden.length}\r\n`, hidden), 400],
    ['a chunk that holds it', post('Transfer-Encoding: chunked\r\n', chunk(hidden)), 400],
    ['a read with a body', get(`Content-Length: ${hidden.length}\r\n`, hidden), 200],
    // Data behind a request that said it was the last: not one of them is answered.
    ['what comes after the end', get('', hidden), 400],
    ['an upgrade that is not taken', get('Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n', hidden), 400],
    ['HTTP/1.0, which ends after one', get('', hidden).replace('HTTP/1.1', 'HTTP/1.0'), 400],
  ])('is not answered for what hides in it: %s', async (_name, bytes, status) => {
    expect(statusesIn(await talk(bytes))).toEqual([status]);
  });
});

describe('a target', () => {
  it.each<[string, string, readonly number[]]>([
    ['of another origin', 'GET http://evil.example/v1/budgets HTTP/1.1', [200]],
    ['that is only a host', 'CONNECT evil.example:443 HTTP/1.1', [400, 404, 405]],
    ['that is a star', 'OPTIONS * HTTP/1.1', [204, 400, 404]],
    ['without a leading slash', 'GET v1/budgets HTTP/1.1', [400, 404]],
    ['that climbs', 'GET /v1/../v1/budgets HTTP/1.1', [400, 404]],
    ['that climbs in code', 'GET /v1/%2e%2e/v1/budgets HTTP/1.1', [400, 404]],
    ['with two slashes', 'GET //v1/budgets HTTP/1.1', [404]],
    ['with a backslash', 'GET /v1\\budgets HTTP/1.1', [400, 404]],
    ['with a NUL', 'GET /v1/budgets%00 HTTP/1.1', [404]],
    ['with a fragment', 'GET /v1/budgets#x HTTP/1.1', [200, 400, 404]],
    ['with a line break', 'GET /v1/budgets/%0d%0aX-Evil:%201 HTTP/1.1', [400]],
    ['of 9 kB', `GET /v1/budgets/${'x'.repeat(9000)} HTTP/1.1`, [404]],
    ['of 20 kB', `GET /${'x'.repeat(20_000)} HTTP/1.1`, [431]],
    ['with an unknown method', 'BREW /v1/budgets HTTP/1.1', [400]],
    ['with a method in small letters', 'get /v1/budgets HTTP/1.1', [400]],
  ])('%s names nothing but what it is', async (_name, line, expected) => {
    const received = await talk(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const [status = 0, ...others] = statusesIn(received);
    expect(others).toEqual([]);
    expect(expected).toContain(status === 0 && line.startsWith('CONNECT') ? 400 : status);
    expect(received.toLowerCase()).not.toMatch(/^x-evil/m);
  });
});
