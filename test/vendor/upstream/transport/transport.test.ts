import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { transportFailure } from '../../../../src/vendor/upstream/transport/transport-failure.ts';
import { failureOf, kindOf, openRig } from '../rig.ts';
import { good, type Handler, inTurn, json, reset, status } from '../vendor-stub.ts';

const raw =
  (body: Buffer | string, headers: Record<string, string>, code = 200): Handler =>
  (_request, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };

/** A server that answers every connection with the same bytes, whatever it is asked. */
const wire = async (bytes: string | Buffer): Promise<{ readonly url: string; readonly connections: () => number }> => {
  let opened = 0;
  const server = createServer((socket) => {
    opened += 1;
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a server listens on a port');
  return { url: `http://127.0.0.1:${address.port}`, connections: () => opened };
};

describe('what comes back', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['GZIP', gzipSync],
    ['identity', (text: string) => Buffer.from(text)],
  ])('%s is unpacked', async (encoding, pack) => {
    const rig = await openRig();
    rig.stub.answer(raw(pack('{"amount":123456789.123456789}'), { 'content-encoding': encoding }));
    expect((await rig.get()).json).toEqual({ amount: '123456789.123456789' });
  });

  test('an answer of five layers is refused without unpacking, and asked for once (B6)', async () => {
    const rig = await openRig();
    let bytes: Buffer = Buffer.from('{}');
    for (let layer = 0; layer < 5; layer += 1) bytes = gzipSync(bytes);
    rig.stub.answer(raw(bytes, { 'content-encoding': 'gzip, gzip, gzip, gzip, gzip' }));
    expect(await kindOf(rig.get())).toBe('vendor-too-large');
    expect(rig.stub.seen).toHaveLength(1);
  });

  test.each([
    ['zstd-of-old', 'x'],
    ['br', brotliCompressSync('{}')],
  ])('the encoding %s, which was not asked for, is refused and asked for once (B6)', async (encoding, bytes) => {
    const rig = await openRig();
    rig.stub.answer(raw(bytes, { 'content-encoding': encoding }));
    expect(await kindOf(rig.get())).toBe('vendor-malformed');
    expect(rig.stub.seen).toHaveLength(1);
  });

  test('a bomb of 1:1000 is stopped at the bound (B5)', async () => {
    const rig = await openRig();
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    rig.stub.answer(raw(bomb, { 'content-encoding': 'gzip' }));
    const before = process.memoryUsage().rss;
    expect(await kindOf(rig.get())).toBe('vendor-too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    expect(rig.stub.seen).toHaveLength(1);
  });

  test.each([true, false])(
    'a body without end is stopped at the bound, announced length: %s (B5)',
    async (announced) => {
      const rig = await openRig();
      let written = 0;
      let closed = () => {};
      const givenUp = new Promise<void>((resolve) => {
        closed = resolve;
      });
      rig.stub.answer((_request, response) => {
        response.on('close', closed);
        response.writeHead(200, announced ? { 'content-length': String(2 ** 30) } : {});
        const chunk = Buffer.alloc(1024 * 1024, 32);
        const more = () => {
          if (response.destroyed) return;
          written += chunk.length;
          if (response.write(chunk)) setImmediate(more);
          else response.once('drain', more);
        };
        more();
      });
      expect(await kindOf(rig.get())).toBe('vendor-too-large');
      await givenUp;
      expect(written).toBeLessThan(64 * 1024 * 1024);
      expect(rig.stub.seen).toHaveLength(1);
      rig.stub.answer(good);
      expect((await rig.get()).status).toBe(200);
    },
  );

  test.each([
    [
      'a short content-length',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{"costs":[1,2', () => response.socket?.destroy());
      },
    ],
    [
      'chunks without an end',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"costs":[1,2]}', () => response.socket?.destroy());
      },
    ],
    [
      'gzip without an end',
      (response: ServerResponse) => {
        const bytes = gzipSync(JSON.stringify({ costs: 'x'.repeat(1000) }));
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(bytes.subarray(0, bytes.length - 12));
      },
    ],
  ])('%s is asked for again, and never read as if whole (B3, B4)', async (_name, cut) => {
    const rig = await openRig();
    rig.stub.answer(inTurn((_request, response) => cut(response), good));
    expect((await rig.get()).json).toEqual({ ok: true });
    rig.stub.answer((_request, response) => cut(response));
    const before = rig.stub.seen.length;
    expect(await kindOf(rig.get())).toBe('vendor-unavailable');
    expect(rig.stub.seen.length - before).toBe(3);
  });

  test('a reset after the request is retried for a read and not for a write (A14)', async () => {
    const rig = await openRig();
    rig.stub.answer(inTurn(reset, good));
    expect((await rig.get()).status).toBe(200);
    rig.stub.answer(reset);
    expect(await kindOf(rig.post())).toBe('vendor-unavailable');
    expect(rig.stub.seen).toHaveLength(3);
  });

  test('a kept connection that the vendor closes costs a read nothing, and a write is not sent twice (A15)', async () => {
    const rig = await openRig();
    const thenClose: Handler = (_request, response) => {
      json(response, 200, { ok: true });
      response.socket?.setTimeout(1);
      response.on('finish', () => setImmediate(() => response.socket?.destroy()));
    };
    rig.stub.answer(thenClose);
    for (let turn = 0; turn < 10; turn += 1) expect((await rig.get()).status).toBe(200);
    const before = rig.stub.seen.length;
    await rig.post().catch(() => {});
    expect(rig.stub.seen.length - before).toBeLessThanOrEqual(1);
  });

  test('refused, unresolvable and untrusted are told apart from a fault of ours (A13)', async () => {
    const rig = await openRig({ origins: () => ({ api: 'http://127.0.0.1:1' }) });
    expect(await kindOf(rig.get())).toBe('vendor-unavailable');
    expect(rig.events.filter((event) => event.kind === 'call')).toHaveLength(3);
    const unresolvable = await openRig({ origins: () => ({ api: 'http://no-such-host.invalid' }) });
    expect(await kindOf(unresolvable.get())).toBe('vendor-unavailable');
  });

  test('a failed TLS handshake is not tried again (A13)', async () => {
    const handshakeFailure = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);
    const { url, connections } = await wire(handshakeFailure);
    const rig = await openRig({ origins: () => ({ api: url.replace('http:', 'https:') }) });
    const failure = await failureOf(rig.get());
    expect(failure.kind).toBe('vendor-unavailable');
    expect(failure.details.public).toContain('certificate');
    expect(connections()).toBe(1);
  });

  test.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('%s is final', (code) => {
    const failure = transportFailure(Object.assign(new Error('canary'), { code }), 'op');
    expect(failure.kind).toBe('vendor-unavailable');
    expect(failure.details.retry).toBe('never');
    expect(failure.message).not.toContain('canary');
  });

  test.each([301, 302, 303, 307, 308, 304])(
    '%i is not followed, and no credential goes elsewhere (A9)',
    async (code) => {
      const rig = await openRig();
      const trap = await openRig();
      rig.stub.answer(status(code, '', { location: `${trap.stub.url}/steal` }));
      expect(await kindOf(rig.get())).toBe('vendor-redirected');
      expect(rig.stub.seen).toHaveLength(1);
      expect(trap.stub.seen).toHaveLength(0);
    },
  );

  test.each([
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{"ok":true}', 200],
    [
      'early hints first',
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"ok":true}',
      200,
    ],
    ['an unknown 299', 'HTTP/1.1 299 Odd\r\ncontent-length: 11\r\n\r\n{"ok":true}', 299],
    ['an unknown 499', 'HTTP/1.1 499 Odd\r\ncontent-length: 11\r\n\r\n{"ok":true}', 'vendor-unavailable'],
    ['an unknown 599', 'HTTP/1.1 599 Odd\r\ncontent-length: 11\r\n\r\n{"ok":true}', 'vendor-unavailable'],
    [
      'doubled and shouted headers',
      'HTTP/1.1 200 OK\r\nCONTENT-TYPE: application/json\r\nX-A: 1\r\nx-a: 2\r\ncontent-length: 11\r\n\r\n{"ok":true}',
      200,
    ],
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n', 'vendor-unavailable'],
    ['headers without end', `HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(200_000)}\r\n\r\n`, 'vendor-malformed'],
  ])('%s (A12)', async (_name, text, expected) => {
    const { url } = await wire(text);
    const rig = await openRig({ origins: () => ({ api: url }) });
    const outcome = await rig.get().then(
      (reply) => reply.status,
      async (thrown: unknown) => (await failureOf(Promise.reject(thrown))).kind,
    );
    expect(outcome).toBe(expected);
  });

  test('of a repeated header the first value counts, but two Retry-After contradict each other (D4)', async () => {
    const { url } = await wire(
      'HTTP/1.1 429 Slow\r\nretry-after: 600\r\nretry-after: 900\r\ncontent-length: 0\r\n\r\n',
    );
    const rig = await openRig({ origins: () => ({ api: url }) });
    expect((await failureOf(rig.get('/x', { attemptsMax: 1 }))).details.retryAfterMs).toBe(1000);
  });
});
