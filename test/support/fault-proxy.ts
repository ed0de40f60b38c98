import { connect, createServer, type Server, type Socket } from 'node:net';

/** What may be wrong with a line. Each holds for every connection, from now until it is taken back. */
export interface Toxics {
  /** Refuses: whoever connects is sent away with a reset. */
  readonly down?: boolean;
  /** Swallows: connections stay open and nothing comes through, in either direction. */
  readonly silent?: boolean;
  /** Before each piece of an answer. */
  readonly latencyMs?: number;
  /** Answers come in pieces of so many bytes, this far apart. */
  readonly slices?: { readonly bytes: number; readonly everyMs: number };
  /** Closes an answer after so many bytes, orderly. */
  readonly closeAfterBytes?: number;
  /** Resets after so many bytes of an answer. */
  readonly resetAfterBytes?: number;
  /** Resets as soon as a request has come. */
  readonly resetOnRequest?: boolean;
  /** Leaves the connection open after the other side has closed it. */
  readonly keepOpen?: boolean;
}

export interface FaultProxy {
  readonly port: number;
  readonly url: string;
  /** Connections that were made so far. */
  connections(): number;
  /** Connections on which something was sent that is not answered yet. */
  waiting(): number;
  set(toxics: Toxics): void;
  heal(): void;
  /** Resets what is open now. */
  cut(): void;
  close(): Promise<void>;
}

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a proxy listens on a port');
  return address.port;
};

const piecesOf = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A TCP proxy before a vendor or a Redis, which does to the line what networks do. */
export const startFaultProxy = async (targetPort: number, scheme = 'http'): Promise<FaultProxy> => {
  let toxics: Toxics = {};
  let made = 0;
  const open = new Set<Socket>();
  const waiting = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      open.delete(socket);
      waiting.delete(socket);
    });
  };

  const answer = async (bytes: Buffer, sent: { count: number }, client: Socket): Promise<void> => {
    if (toxics.silent === true) return;
    if (toxics.latencyMs !== undefined) await wait(toxics.latencyMs);
    const { slices } = toxics;
    for (const piece of slices === undefined ? [bytes] : piecesOf(bytes, slices.bytes)) {
      const most = toxics.closeAfterBytes ?? toxics.resetAfterBytes ?? Number.POSITIVE_INFINITY;
      const part = piece.subarray(0, Math.max(0, most - sent.count));
      sent.count += part.length;
      if (client.destroyed) return;
      await new Promise<void>((resolve) => client.write(part, () => resolve()));
      if (sent.count >= most) {
        if (toxics.resetAfterBytes === undefined) client.end();
        else client.resetAndDestroy();
        return;
      }
      if (slices !== undefined) await wait(slices.everyMs);
    }
  };

  const server = createServer((client) => {
    made += 1;
    keep(client);
    if (toxics.down === true) {
      client.resetAndDestroy();
      return;
    }
    const target = connect(targetPort, '127.0.0.1');
    keep(target);
    const sent = { count: 0 };
    let turn = Promise.resolve();
    client.on('data', (bytes) => {
      waiting.add(client);
      if (toxics.resetOnRequest === true) client.resetAndDestroy();
      else if (toxics.silent !== true) target.write(bytes);
    });
    target.on('data', (bytes: Buffer) => {
      waiting.delete(client);
      turn = turn.then(() => answer(bytes, sent, client)).catch(() => {});
    });
    client.on('close', () => target.destroy());
    target.on('close', () => {
      if (toxics.keepOpen !== true) void turn.then(() => client.end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    connections: () => made,
    waiting: () => waiting.size,
    set: (next) => {
      toxics = next;
    },
    heal: () => {
      toxics = {};
    },
    cut: () => {
      for (const socket of open) socket.resetAndDestroy();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
