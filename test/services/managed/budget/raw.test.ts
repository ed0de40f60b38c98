import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { converse, statusesIn } from '../../../server/operation/raw-socket.ts';
import { core, startToyApp, type ToyApp } from './toy-app.ts';

let running: ToyApp;
let port = 0;
beforeEach(async () => {
  running = await startToyApp();
  const url = await running.app.server.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(url).port);
});
afterEach(() => running.app.close());

const body = JSON.stringify(core);
const post = (headers: string): string =>
  `POST /v1/budgets HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;

it.each([
  ['two keys', 'Idempotency-Key: a\r\nIdempotency-Key: b\r\n'],
  ['the same key twice', 'Idempotency-Key: a\r\nidempotency-key: a\r\n'],
  ['a key beyond ASCII', 'Idempotency-Key: schl\u00fcssel\r\n'],
  ['a bare carriage return in a key', 'Idempotency-Key: a\rb\r\n'],
  ['a key folded over two lines', 'Idempotency-Key: a\r\n b\r\n'],
])('%s is a 400, and nothing is sent (G10)', async (_what, headers) => {
  expect(statusesIn(await converse(port, Buffer.from(post(headers), 'latin1')))).toEqual([400]);
  expect(running.toy.sends).toHaveLength(0);
});

it('a caller who leaves breaks nothing off: the write ends, and its key has the answer (G16)', async () => {
  running.toy.mishap = () => 'silent-after';
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  running.toy.onArrival = () => resolve();
  const caller = connect(port, '127.0.0.1', () => caller.write(post('Idempotency-Key: a\r\n')));
  await arrived;
  caller.destroy();
  await once(caller, 'close');
  await running.clock.advance(9_000);
  running.toy.mishap = () => 'none';
  const again = await converse(port, post('Idempotency-Key: a\r\n'));
  expect(statusesIn(again)).toEqual([201]);
  expect(running.toy.sends).toHaveLength(1);
});
