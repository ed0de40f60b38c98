import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { readDocument } from '../../../src/vendor/upstream/transport/issuer-documents.ts';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const start = async (listener: RequestListener): Promise<string> => {
  const made = createServer(listener);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const address = made.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return `http://127.0.0.1:${address.port}/keys`;
};
const never = new AbortController().signal;

describe('a document of the issuer', () => {
  it('is read as JSON, and nothing of ours is sent along', async () => {
    const seen: unknown[] = [];
    const url = await start((request, response) => {
      seen.push(request.headers.authorization, request.headers.cookie, request.headers.accept);
      response.end('{"keys":[]}');
    });
    expect(await readDocument(url, never)).toEqual({ keys: [] });
    expect(seen).toEqual([undefined, undefined, 'application/json']);
  });

  it.each([301, 302, 307, 404, 500, 204])('is none with status %i, and no redirect is followed', async (status) => {
    let asked = 0;
    const url = await start((_request, response) => {
      asked += 1;
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    await expect(readDocument(url, never)).rejects.toThrow(String(status));
    expect(asked).toBe(1);
  });

  it('is none if it is no JSON, or too large', async () => {
    const url = await start((_request, response) => response.end('<html>'));
    await expect(readDocument(url, never)).rejects.toThrow();
    server?.close();
    const large = await start((_request, response) => response.end(`"${'x'.repeat(600_000)}"`));
    await expect(readDocument(large, never)).rejects.toThrow('larger');
  });

  it('is given up when it takes too long, before and inside its body', async () => {
    const giveUp = new AbortController();
    const reached = Promise.withResolvers<void>();
    const url = await start((request, response) => {
      if (request.url === '/keys/body') response.write('{');
      reached.resolve();
    });
    const pending = [readDocument(url, giveUp.signal), readDocument(`${url}/body`, giveUp.signal)];
    await reached.promise;
    giveUp.abort(new Error('too slow'));
    for (const result of await Promise.allSettled(pending)) expect(result.status).toBe('rejected');
  });

  it('is none if nobody answers', async () => {
    const url = await start(() => {});
    server?.close();
    await new Promise((resolve) => setImmediate(resolve));
    await expect(readDocument(url, never)).rejects.toThrow();
  });
});
