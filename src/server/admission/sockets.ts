import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { overloaded } from './gate.ts';

export interface SocketLimits {
  /** Open sockets that serve every request. */
  readonly max: number;
  /** More sockets, on which only health is answered: a probe must not fail because all others are busy. */
  readonly reserved: number;
}

interface Tracked {
  readonly socket: Socket;
  readonly address: string;
  readonly onlyHealth: boolean;
  requests: number;
}

/** The sockets of one address; `idle` in the order in which they became idle. */
interface Address {
  readonly all: Set<Tracked>;
  readonly idle: Set<Tracked>;
}

export interface LimitedSockets {
  /** Whether a socket was opened when all others were in use. */
  readonly onlyHealth: (socket: Socket) => boolean;
}

const isHealth = (url: string): boolean => url.startsWith('/health/');

/**
 * Keeps room for new clients. At the limit the socket that has been idle for longest is closed, of the address that
 * has most of them; a socket whose first request has not arrived counts as idle.
 */
export const limitSockets = (app: FastifyInstance, { max, reserved }: SocketLimits): LimitedSockets => {
  const addresses = new Map<string, Address>();
  const tracked = new WeakMap<object, Tracked>();
  let open = 0;

  const forget = (entry: Tracked): void => {
    const own = addresses.get(entry.address);
    if (own?.all.delete(entry) !== true) return;
    open -= 1;
    own.idle.delete(entry);
    if (own.all.size === 0) addresses.delete(entry.address);
  };

  const closeOneIdle = (): void => {
    let most: Address | null = null;
    for (const each of addresses.values()) {
      if (each.idle.size > 0 && (most === null || each.all.size > most.all.size)) most = each;
    }
    const [longest] = most?.idle ?? [];
    if (longest === undefined) return;
    forget(longest);
    longest.socket.destroy();
  };

  const track = (socket: Socket): void => {
    if (open >= max) closeOneIdle();
    if (open >= max + reserved) {
      socket.destroy();
      return;
    }
    const address = socket.remoteAddress ?? '';
    const entry: Tracked = { socket, address, onlyHealth: open >= max, requests: 0 };
    const own = addresses.get(address) ?? { all: new Set(), idle: new Set() };
    addresses.set(address, own);
    own.all.add(entry);
    own.idle.add(entry);
    tracked.set(socket, entry);
    open += 1;
    socket.once('close', () => forget(entry));
  };

  const onlyHealth = (socket: Socket): boolean => tracked.get(socket)?.onlyHealth === true;
  const server: Server = app.server;
  server.on('connection', track);
  server.on('request', (request, response) => {
    const entry = tracked.get(request.socket);
    if (entry === undefined) return;
    entry.requests += 1;
    addresses.get(entry.address)?.idle.delete(entry);
    response.once('close', () => {
      entry.requests -= 1;
      if (entry.requests === 0 && !entry.socket.destroyed) addresses.get(entry.address)?.idle.add(entry);
    });
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!onlyHealth(request.raw.socket) || isHealth(request.raw.url ?? '')) return;
    reply.header('connection', 'close');
    throw overloaded('All connections of the gateway are in use.');
  });
  return { onlyHealth };
};
