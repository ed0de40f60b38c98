import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from '../support/app.ts';

const max = 20;

/** The app with few sockets, and a way to open them. */
const start = async () => {
  const allWait = Promise.withResolvers<void>();
  let waiting = 0;
  const app = await startApp([], {
    connectionsMax: max,
    extend: (server) => {
      server.get('/wait', () => {
        waiting += 1;
        if (waiting === max) allWait.resolve();
        return new Promise(() => {});
      });
    },
  });
  const url = new URL(await app.server.listen({ host: '127.0.0.1', port: 0 }));
  const sockets: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await app.close();
  });
  const open = async (from = '127.0.0.1'): Promise<Socket> => {
    const socket = connect({ port: Number(url.port), host: url.hostname, localAddress: from });
    sockets.push(socket);
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const ask = async (socket: Socket, path = '/health/live'): Promise<string> => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: gateway\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    return String(answer).split('\r\n')[0] ?? '';
  };
  return { open, ask, allWait: allWait.promise };
};
const ok = 'HTTP/1.1 200 OK';

test('a new client gets in although idle sockets take all places: the one that is idle for longest is closed', async () => {
  const { open, ask } = await start();
  const idle: Socket[] = [];
  for (let count = 0; count < max; count += 1) idle.push(await open());
  const [first, second] = idle;
  if (first === undefined || second === undefined) throw new TypeError('sockets were opened');
  expect(await ask(first)).toBe(ok);
  const closed = once(second, 'close');
  expect(await ask(await open())).toBe(ok);
  await closed;
  expect(await ask(first)).toBe(ok);
});

test('the sockets of an address that has few stay open while another address has many', async () => {
  const { open, ask } = await start();
  const quiet = await open('127.0.0.2');
  for (let count = 0; count < 3 * max; count += 1) await open('127.0.0.1');
  expect(await ask(quiet)).toBe(ok);
});

test('while every socket is busy, health is answered and everything else is told to come back', async () => {
  const { open, ask, allWait } = await start();
  for (let count = 0; count < max; count += 1) (await open()).write('GET /wait HTTP/1.1\r\nHost: gateway\r\n\r\n');
  await allWait;
  expect(await ask(await open())).toBe(ok);
  const late = await open();
  expect(await ask(late, '/v1/costs')).toBe('HTTP/1.1 503 Service Unavailable');
  expect(await ask(await open())).toBe(ok);
});
