import { connect } from 'node:net';
import { brotliDecompressSync, createBrotliDecompress, createGunzip, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { compressor } from '../../../src/server/answer-cache/content-coding.ts';
import { converse } from '../operation/raw-socket.ts';
import { listen } from '../operation/toy-api.ts';
import { type CachedApi, cachedApi } from './cached-api.ts';

let api: CachedApi | null = null;
const start = (...options: Parameters<typeof cachedApi>): CachedApi => {
  api = cachedApi(...options);
  return api;
};
afterEach(async () => {
  await api?.app.close();
});

const ndjson = { accept: 'application/x-ndjson' };
const lines = Array.from({ length: 20_000 }, (_, index) => `{"n":${index}}\n`);
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

describe('lines', () => {
  it('are sent as they are unless a coding is asked for', async () => {
    const { ask } = start(() => ({ lines }));
    const answer = await ask('/v1/toys', ndjson);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(answer.headers['cache-status']).toBe('cost-gateway; fwd=miss');
    expect(answer.headers.etag).toBeUndefined();
    expect(answer.body).toBe(lines.join(''));
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('are compressed on their way if it is: %s', async (coding, decompress) => {
    const { ask } = start(() => ({ lines }));
    const answer = await ask('/v1/toys', { ...ndjson, 'accept-encoding': coding });
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.headers['content-length']).toBeUndefined();
    expect(answer.headers.vary).toContain('Accept-Encoding');
    expect(answer.rawPayload.length).toBeLessThan(lines.join('').length / 3);
    expect(decompress(answer.rawPayload).toString()).toBe(lines.join(''));
  });

  it.each([
    ['br', createBrotliDecompress],
    ['gzip', createGunzip],
  ] as const)('can be read as they come, not at their end: %s', async (coding, decompressor) => {
    const sent = compressor(coding);
    const received = sent.pipe(decompressor());
    let text = '';
    received.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    sent.write('first\n');
    await until(() => text === 'first\n');
    sent.end('last\n');
    await until(() => text === 'first\nlast\n');
  });

  it('are not made for HEAD, which says the same of them', async () => {
    let made = 0;
    const { ask } = start(() => ({
      lines: (function* () {
        made += 1;
        yield 'a\n';
      })(),
    }));
    const answer = await ask('/v1/toys', { ...ndjson, 'accept-encoding': 'br' }, { method: 'HEAD' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-encoding']).toBe('br');
    expect(answer.body).toBe('');
    expect(made).toBe(0);
  });

  it('may be kept by others as long as other answers only if they say that they are complete', async () => {
    const { ask } = start(({ query }) => ({
      lines: ['a\n'],
      headers: query.limit === 1 ? {} : { 'cost-gateway-complete': String(query.limit === 2) },
    }));
    const control = async (limit: number) =>
      (await ask(`/v1/toys?limit=${limit}`, ndjson)).headers['cache-control']?.toString();
    expect(await control(1)).toContain('max-age=5,');
    expect(await control(2)).toContain('max-age=60,');
    expect(await control(3)).toContain('max-age=5,');
  });

  it('that fail before the first one are a problem, not compressed', async () => {
    const { ask } = start(() => ({
      // biome-ignore lint/correctness/useYield: it fails before it could
      lines: (async function* () {
        throw new TypeError('hunter2');
      })(),
    }));
    const answer = await ask('/v1/toys', { ...ndjson, 'accept-encoding': 'br' });
    expect(answer.statusCode).toBe(500);
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.json().type).toBe('/problems/internal');
  });

  it('that fail later end the connection without the end of the body', async () => {
    const { app, log } = start(() => ({
      lines: (async function* () {
        yield* lines;
        throw new TypeError('hunter2');
      })(),
    }));
    const port = await listen(app);
    const head = 'GET /v1/toys HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: application/x-ndjson\r\n';
    const received = await converse(port, `${head}Accept-Encoding: gzip\r\n\r\n`);
    expect(received).toContain('content-encoding: gzip');
    expect(received).not.toMatch(/\r\n0\r\n\r\n$/);
    await until(() => log.lines.some((line) => line.level === 'error'));
  });

  it('stop when their reader leaves', async () => {
    let made = 0;
    let ended = false;
    const { app } = start(() => ({
      lines: (async function* () {
        try {
          for (;;) {
            made += 1;
            yield `${Math.sin(made)}`.repeat(600);
          }
        } finally {
          ended = true;
        }
      })(),
    }));
    const port = await listen(app);
    const head = 'GET /v1/toys HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\nAccept-Encoding: br\r\n\r\n';
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    socket.pause();
    await until(() => made > 20);
    socket.destroy();
    await until(() => ended);
  });
});
