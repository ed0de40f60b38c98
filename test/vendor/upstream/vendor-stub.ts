import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface SeenRequest {
  readonly method: string;
  /** As it stood in the request line. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** How many came before it. */
  readonly index: number;
}
export type Handler = (request: SeenRequest, response: ServerResponse) => void;

export interface VendorStub {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** TCP connections that were opened. */
  connections(): number;
  /** Replaces what it answers. */
  answer(handler: Handler): void;
  /** Resolves once so many requests have come. */
  saw(count: number): Promise<void>;
  close(): Promise<void>;
}

export const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};
export const good: Handler = (_request, response) => json(response, 200, { ok: true });
/** Answers by turn; the last one from then on. */
export const inTurn =
  (...handlers: readonly Handler[]): Handler =>
  (request, response) =>
    (handlers[Math.min(request.index, handlers.length - 1)] ?? good)(request, response);
export const status =
  (code: number, text = '<html>secret vendor text</html>', headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(code, { 'content-type': 'text/html', ...headers });
    response.end(text);
  };
export const hang: Handler = () => {};
export const reset: Handler = (_request, response) => {
  response.socket?.resetAndDestroy();
};

export const startVendorStub = async (): Promise<VendorStub> => {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let opened = 0;
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let handler: Handler = good;
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(Buffer.from(chunk));
    const request = {
      method: message.method ?? '',
      target: message.url ?? '',
      headers: message.headers,
      body: Buffer.concat(chunks).toString(),
      index: seen.length,
    };
    seen.push(request);
    for (const waiter of waiting) if (seen.length >= waiter.count) waiter.resolve();
    waiting = waiting.filter((waiter) => seen.length < waiter.count);
    handler(request, response);
  });
  server.on('connection', (socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a stub listens on a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    connections: () => opened,
    answer: (next) => {
      handler = next;
    },
    saw: (count) =>
      new Promise((resolve) => {
        if (seen.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
