import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { systemClock as clock } from '../../src/domain/clock.ts';
import type { Figure } from '../chaos/figure.ts';
import type { Plan } from '../chaos/plan.ts';
import { type BusyGateway, withBusyGateway } from './busy-gateway.ts';
import { watchHealth } from './health-watch.ts';
import { spreadOf } from './summary.ts';

/**
 * `npm run chaos sockets`: thousands of idle connections, and clients that send headers, send a body, and read an answer
 * very slowly. Three processes: the gateway as `npm start` runs it with its shedder, API keys and the embedded store, the
 * three simulated vendors, and this one. The long form waits for every limit, about 260 s.
 */
const dripMs = 500;

interface Slow {
  readonly socket: Socket;
  /** What came, and when the connection ended. */
  readonly ended: Promise<{ readonly status: string; readonly seconds: number }>;
}

const openSlow = (port: number, start: string, drip: string | null): Slow => {
  const socket = connect({ port, host: '127.0.0.1' });
  const begun = performance.now();
  let text = '';
  socket.on('error', () => {});
  if (drip !== null) {
    socket.on('data', (bytes) => {
      text += String(bytes);
    });
    const timer = setInterval(() => socket.write(drip), dripMs);
    socket.once('close', () => clearInterval(timer));
  } else socket.pause();
  socket.write(start);
  const ended = once(socket, 'close').then(() => ({
    status: text.slice(9, 12),
    seconds: (performance.now() - begun) / 1000,
  }));
  return { socket, ended };
};

const within = async <Value>(work: Promise<Value>, seconds: number): Promise<Value | null> => {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), seconds * 1000).unref());
  return Promise.race([work, late]);
};

/** A socket that is not read does not notice its end. Read on, it has ended soon if the gateway had closed it. */
const closedBefore = ({ socket, ended }: Slow): Promise<unknown> => {
  socket.on('data', () => {});
  socket.resume();
  return within(ended, 5);
};

/** A connection is looked at every 120 s, and closed when nothing has moved since the last look. */
const slowReaderMs = 245_000;

export const measureSockets = async (busy: BusyGateway, short: boolean): Promise<Figure[]> => {
  const { port, keys, kinds } = busy.load;
  const opened: Socket[] = [];
  try {
    const openedAt = clock.monotonic();
    const who = `host: gateway\r\nauthorization: Bearer ${keys[1]}\r\n`;
    const count = short ? 10 : 50;
    const every = <Value>(make: () => Value): Value[] => Array.from({ length: count }, make);
    const headers = every(() => openSlow(port, `GET /v1/budgets HTTP/1.1\r\n${who}`, 'x-more: 1\r\n'));
    const body = `POST /v1/budgets HTTP/1.1\r\n${who}content-type: application/json\r\ncontent-length: 10000\r\n\r\n`;
    const bodies = every(() => openSlow(port, body, ' '));
    const read = `GET /v1/charges?start=2026-09-01&end=2026-11-01&limit=1000 HTTP/1.1\r\n${who}\r\n`;
    const readers = every(() => openSlow(port, read.repeat(20), null));
    for (let idle = 0; idle < (short ? 500 : 5_000); idle += 1) {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.on('error', () => {});
      opened.push(socket);
      if (idle % 100 === 0) await once(socket, 'connect');
    }
    opened.push(...[...headers, ...bodies, ...readers].map(({ socket }) => socket));

    const health = watchHealth(busy.gateway.url);
    const times: number[] = [];
    let failed = 0;
    for (let ask = 0; ask < (short ? 5 : 40); ask += 1) {
      const begun = performance.now();
      const answer = await busy.ask(kinds[0]?.path ?? '/v1/costs', { headers: { authorization: `Bearer ${keys[2]}` } });
      await answer.arrayBuffer();
      if (!answer.ok) failed += 1;
      times.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { failed: unhealthy } = await health.stop();
    const figures: Figure[] = [
      { name: 'reads of others that failed', found: failed, most: 0 },
      { name: 'p50 of reads of others, ms', found: spreadOf(times).p50, most: 100, timing: true },
      { name: 'checks of health that failed', found: unhealthy, most: 0 },
    ];
    if (short) return figures;
    const endedOf = (slow: readonly Slow[], seconds: number) =>
      Promise.all(slow.map(async ({ ended }) => within(ended, seconds)));
    const slowHeaders = await endedOf(headers, 15);
    const slowBodies = await endedOf(bodies, 35);
    // The readers take nothing until here, so what the gateway can send is as little as fits the buffers between.
    await clock.sleep(Math.max(0, openedAt + slowReaderMs - clock.monotonic()));
    const slowReaders = await Promise.all(readers.map(closedBefore));
    const with408 = (ends: readonly ({ readonly status: string } | null)[]): number =>
      ends.filter((end) => end?.status === '408').length;
    return [
      ...figures,
      {
        name: 'slow headers that got 408, or gave way as idle',
        found: slowHeaders.filter((end) => end !== null).length,
        least: count,
      },
      { name: 'slow bodies that got 408', found: with408(slowBodies), least: count },
      { name: 'slow readers that were closed', found: slowReaders.filter((end) => end !== null).length, least: count },
    ];
  } finally {
    for (const socket of opened) socket.destroy();
  }
};

export const sockets = ({ short }: Plan): Promise<Figure[]> =>
  withBusyGateway({}, short, (busy) => measureSockets(busy, short));
