import { connect, type Socket } from 'node:net';

/** A connection that says exactly these bytes; what comes back until it is closed, or until `enough` says so. */
export const converse = (
  port: number,
  bytes: string | Uint8Array,
  enough: (received: string) => boolean = () => false,
): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = '';
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (enough(received)) socket.destroy();
    });
    socket.on('error', (error) => (received === '' ? reject(error) : resolve(received)));
    socket.on('close', () => resolve(received));
  });

export const statusesIn = (received: string): number[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
