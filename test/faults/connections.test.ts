import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startApp } from '../support/app.ts';

test('sockets beyond the limit are closed, and those within it go on being served (H6)', async () => {
  const app = await startApp([], { connectionsMax: 3 });
  const url = new URL(await app.server.listen({ host: '127.0.0.1', port: 0 }));
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(url.port), url.hostname);
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const kept = [await open(), await open(), await open()];
  const beyond = await open();
  await once(beyond, 'close');
  const [first] = kept;
  first?.write('GET /health/live HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n');
  const [answer] = first === undefined ? [''] : await once(first, 'data');
  expect(String(answer)).toContain('200 OK');
  for (const socket of kept) socket.destroy();
  await app.close();
});
