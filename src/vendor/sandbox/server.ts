import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../../domain/clock.ts';
import type { RunningSandbox, SandboxCall, SandboxFault } from '../contract/sandbox.ts';
import { publishAnswer, type SimulatedVendor } from './answered.ts';
import {
  bodyOf,
  compile,
  handle,
  readBody,
  type SandboxReply,
  type SandboxRequest,
  type SandboxRoute,
  send,
} from './exchange.ts';
import { FaultBoard, faultListSchema } from './faults.ts';

export type * from '../contract/sandbox.ts';
export type { SandboxReply, SandboxRequest, SandboxRoute } from './exchange.ts';

export interface SandboxServerOptions {
  /** Whose API is simulated, in which of its dialects, and how; answers are published under these. */
  readonly vendor?: SimulatedVendor;
  readonly clock: Clock;
  readonly port?: number | undefined;
  readonly routes: readonly SandboxRoute[];
  readonly settings: (url: string) => Readonly<Record<string, string>>;
  /**
   * What people do at the vendor's own pages, which no document describes: no fault meets them, and they are neither
   * recorded nor published.
   */
  readonly people?: readonly SandboxRoute[];
  /** Runs before every route; a reply from here is final (a rejected credential, an exhausted quota). */
  readonly guard?: (request: SandboxRequest) => SandboxReply | null;
  /** What the fault `invalidate-tokens` does. */
  readonly invalidateTokens?: () => void;
  /** The vendor's own throttle answer, where it is not a plain 429. */
  readonly throttled?: (fault: SandboxFault, request: SandboxRequest) => SandboxReply;
  /** Asked where no route fits; null where it does not know the request either. */
  readonly otherwise?: (request: SandboxRequest) => SandboxReply | null;
  /** The vendor's 404. */
  readonly notFound?: SandboxReply;
}

/** Serves one vendor's routes on loopback, records the requests, and injects faults on demand. */
export const startSandboxServer = async (options: SandboxServerOptions): Promise<RunningSandbox> => {
  const routes = options.routes.map(compile);
  const people = (options.people ?? []).map(compile);
  const board = new FaultBoard();
  const calls: SandboxCall[] = [];
  const sockets = new Set<Socket>();
  let url = '';

  const answer = async (request: SandboxRequest): Promise<SandboxReply> => {
    const refused = options.guard?.(request) ?? null;
    if (refused !== null) return refused;
    const handled = handle(routes, request);
    if (handled !== null) return handled;
    return options.otherwise?.(request) ?? options.notFound ?? { status: 404, json: { message: 'Not Found' } };
  };

  const publish = (request: SandboxRequest, reply: SandboxReply): void => {
    const { vendor } = options;
    if (vendor === undefined) return;
    publishAnswer(vendor, () => ({
      request: {
        method: request.method,
        path: request.path,
        query: [...request.query],
        contentType: request.headers['content-type'] ?? null,
        body: request.body,
      },
      status: reply.status ?? 200,
      ...bodyOf(reply),
    }));
  };

  const control = (request: SandboxRequest): SandboxReply => {
    if (request.method === 'GET') return { json: { faults: board.list() } };
    if (request.method === 'DELETE') {
      board.clear();
      return { json: { faults: [] } };
    }
    if (request.method !== 'PUT') return { status: 405, json: { message: 'GET, PUT or DELETE' } };
    let body: unknown;
    try {
      body = JSON.parse(request.body);
    } catch {
      return { status: 400, json: { message: 'the body is not JSON' } };
    }
    const parsed = faultListSchema.safeParse(body);
    if (!parsed.success) return { status: 400, json: { message: 'not a fault list', issues: parsed.error.issues } };
    board.set(parsed.data.faults);
    return { json: { faults: board.list() } };
  };

  const injectFaults = async (
    faults: readonly SandboxFault[],
    request: SandboxRequest,
    response: ServerResponse,
  ): Promise<SandboxReply | 'handled' | null> => {
    for (const fault of faults) {
      switch (fault.kind) {
        case 'latency':
          await new Promise((resolve) => setTimeout(resolve, fault.milliseconds ?? 1000));
          break;
        case 'hang':
          return 'handled';
        case 'reset':
          response.socket?.resetAndDestroy();
          return 'handled';
        case 'cut': {
          const { body, contentType } = bodyOf(await answer(request));
          response.writeHead(200, { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) });
          response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
          return 'handled';
        }
        case 'garbage':
          return { status: 200, text: '<html><body>Please sign in</body></html>', contentType: 'text/html' };
        case 'empty':
          return { status: 200, text: '' };
        case 'status':
          return {
            status: fault.status ?? 500,
            text: fault.body ?? '',
            contentType: fault.contentType ?? 'text/plain',
          };
        case 'body':
          return {
            status: fault.status ?? 200,
            text: fault.body ?? '',
            contentType: fault.contentType ?? 'application/json',
          };
        case 'throttle':
          if (options.throttled !== undefined) return options.throttled(fault, request);
          return {
            status: fault.status ?? 429,
            headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
            json: { message: 'Too many requests' },
          };
        case 'invalidate-tokens':
          options.invalidateTokens?.();
          break;
      }
    }
    return null;
  };

  const server = createServer(async (message, response) => {
    const target = new URL(message.url ?? '/', url);
    const request: SandboxRequest = {
      method: message.method ?? 'GET',
      path: target.pathname,
      params: {},
      query: target.searchParams,
      headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)])),
      body: await readBody(message),
      url,
    };
    if (request.path === '/_sandbox/faults') {
      send(response, control(request), options.clock.now());
      return;
    }
    const done = handle(people, request);
    if (done !== null) {
      send(response, await done, options.clock.now());
      return;
    }
    const call = {
      method: request.method,
      path: request.path,
      query: target.search.slice(1),
      status: 0,
      at: options.clock.now(),
    };
    calls.push(call);
    try {
      const faulty = await injectFaults(board.take(request.method, request.path), request, response);
      if (faulty === 'handled') return;
      const reply = faulty ?? (await answer(request));
      call.status = reply.status ?? 200;
      if (faulty === null) publish(request, reply);
      send(response, reply, options.clock.now());
    } catch (cause) {
      // After an error in the sandbox the caller must not wait for an answer.
      call.status = 500;
      response.destroy(cause instanceof Error ? cause : undefined);
    }
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a sandbox listens on a port');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    settings: options.settings(url),
    calls,
    faults: board,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
