import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { Socket } from 'node:net';

/** `hang`: the request is never answered. */
export type LineFault = 'throttle' | 'status' | 'cut' | 'hang';

/** A line to a vendor that breaks at a request and stays broken until it is mended. */
export interface BreakingLine {
  readonly url: string;
  /** Resolves with the next request that is left hanging. */
  hung(): Promise<void>;
  mend(): void;
  close(): Promise<void>;
}

export interface BreakingLineOptions {
  readonly target: string;
  readonly fault: LineFault;
  /** Whether the line breaks at this request: method, path with query, and body, as they were sent. */
  readonly breaksAt: (request: string) => boolean;
}

export const wireText = (method: string, target: string, body: string): string => `${method} ${target} ${body}`;

const readAll = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const fail = (fault: LineFault, response: ServerResponse): void => {
  if (fault === 'hang') return;
  if (fault === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"', () => response.socket?.destroy());
    return;
  }
  response.writeHead(fault === 'throttle' ? 429 : 500, { 'content-type': 'application/json', 'retry-after': '30' });
  response.end('{}');
};

export const startBreakingLine = async (options: BreakingLineOptions): Promise<BreakingLine> => {
  const sockets = new Set<Socket>();
  let broken = false;
  let hung = Promise.withResolvers<void>();

  /** Hands the request on byte by byte, its `Host` included: a signature may cover it. */
  const forward = (message: IncomingMessage, body: Buffer, response: ServerResponse): void => {
    const { method, url, headers } = message;
    send(`${options.target}${url}`, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    })
      .on('error', () => response.destroy())
      .end(body);
  };

  const server = createServer(async (message, response) => {
    const body = await readAll(message);
    broken ||= options.breaksAt(wireText(message.method ?? '', message.url ?? '', body.toString()));
    if (!broken) return forward(message, body, response);
    fail(options.fault, response);
    if (options.fault === 'hang') hung.resolve();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a line listens on a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    hung: () => hung.promise,
    mend: () => {
      broken = false;
      hung = Promise.withResolvers();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
