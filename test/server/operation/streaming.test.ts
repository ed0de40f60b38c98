import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { converse } from './raw-socket.ts';
import { listen, type ToyApi, toyApi } from './toy-api.ts';
import { defineOperation, toy } from './toy-operations.ts';

let api: ToyApi | null = null;
afterEach(async () => {
  await api?.app.close();
});
const start = (handle: Parameters<typeof defineOperation>[0]['handle']): ToyApi => {
  const operation = defineOperation({
    ...toy,
    answers: { 200: { description: 'Lines.', alsoAs: ['application/x-ndjson'] } },
    handle,
  });
  api = toyApi([operation]);
  return api;
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

describe('lines', () => {
  it('are sent whole and in order, however many', async () => {
    const { app } = start(() => ({ lines: Array.from({ length: 100_000 }, (_, index) => `{"n":${index}}\n`) }));
    const answer = await app.inject('/v1/toys');
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    const lines = answer.body.trimEnd().split('\n');
    expect(lines).toHaveLength(100_000);
    expect(lines.at(-1)).toBe('{"n":99999}');
  });

  it('may be none, and have another type', async () => {
    const { app } = start(() => ({ lines: [], contentType: 'text/csv; charset=utf-8' }));
    const answer = await app.inject('/v1/toys');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  });

  it('are not made for HEAD', async () => {
    let made = 0;
    const { app } = start(() => ({
      lines: (function* () {
        made += 1;
        yield 'a\n';
      })(),
    }));
    const answer = await app.inject({ method: 'HEAD', url: '/v1/toys' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-length']).toBeUndefined();
    expect(made).toBe(0);
  });

  it('that fail before the first one are a problem', async () => {
    const { app } = start(() => ({
      // biome-ignore lint/correctness/useYield: it fails before it could
      lines: (async function* () {
        throw new TypeError('hunter2');
      })(),
    }));
    const answer = await app.inject('/v1/toys');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('hunter2');
  });

  it('that fail later end the connection without the end of the body', async () => {
    const { app, log } = start(() => ({
      lines: (async function* () {
        for (let index = 0; index < 10_000; index += 1) yield `{"n":${index}}\n`;
        throw new TypeError('hunter2');
      })(),
    }));
    const port = await listen(app);
    const received = await converse(port, 'GET /v1/toys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(received).toContain('{"n":0}');
    expect(received).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(received).not.toContain('hunter2');
    expect(log.lines.some((line) => line.level === 'error')).toBe(true);
  });

  it('that come slowly are sent as they come', async () => {
    let release = () => {};
    const { app } = start(() => ({
      lines: (async function* () {
        yield 'first\n';
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        yield 'second\n';
      })(),
    }));
    const port = await listen(app);
    const received = await converse(port, 'GET /v1/toys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', (text) => {
      if (text.includes('first')) release();
      return text.includes('second');
    });
    expect(received).toContain('second');
  });

  it('wait for a slow reader and stop when it leaves', async () => {
    let made = 0;
    let ended = false;
    const { app } = start(() => ({
      lines: (async function* () {
        try {
          for (;;) {
            made += 1;
            yield `${'x'.repeat(10_000)}\n`;
          }
        } finally {
          ended = true;
        }
      })(),
    }));
    const port = await listen(app);
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /v1/toys HTTP/1.1\r\nHost: x\r\n\r\n'));
    socket.pause();
    await until(() => made > 100);
    let before = -1;
    while (before !== made) {
      before = made;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(made * 10_000).toBeLessThan(64 * 1024 * 1024);
    socket.destroy();
    await until(() => ended);
    expect(made).toBeLessThan(before + 50);
  });
});

describe('a caller that leaves', () => {
  it('aborts the signal of its request', async () => {
    let reason: unknown = null;
    let begun = false;
    const { app } = start(({ signal }) => {
      begun = true;
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          reject(signal.reason);
        });
      });
    });
    const port = await listen(app);
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /v1/toys HTTP/1.1\r\nHost: x\r\n\r\n'));
    await until(() => begun);
    socket.destroy();
    await until(() => reason !== null);
    expect(reason).toBeInstanceOf(Error);
  });

  it('is not taken for one that was answered', async () => {
    let aborted = false;
    const { app } = start(({ signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return { text: 'here' };
    });
    const port = await listen(app);
    await converse(port, 'GET /v1/toys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(aborted).toBe(false);
  });
});
