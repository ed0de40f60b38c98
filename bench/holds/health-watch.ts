import { connect } from 'node:net';
import { spreadOf } from './summary.ts';

export interface HealthWatch {
  stop(): Promise<{ readonly count: number; readonly failed: number; readonly p99: number }>;
}

const everyMs = 50;
const patienceMs = 10_000;

/** One check as a load balancer makes it: on a connection of its own. Rejects unless it is answered with 200. */
const check = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const fail = () => {
      socket.destroy();
      reject(new Error('health was not answered'));
    };
    socket.setTimeout(patienceMs, fail);
    socket.once('error', fail);
    socket.once('end', fail);
    socket.once('data', (bytes: Buffer) => {
      socket.destroy();
      if (bytes.toString('latin1', 9, 12) === '200') resolve();
      else fail();
    });
    socket.write('GET /health/live HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n');
  });

/** Asks for health all the time, whether or not earlier checks are answered. */
export const watchHealth = (url: string): HealthWatch => {
  const port = Number(new URL(url).port);
  const times: number[] = [];
  const checks: Promise<void>[] = [];
  let failed = 0;
  const timer = setInterval(() => {
    const begun = performance.now();
    checks.push(
      check(port).then(
        () => void times.push(performance.now() - begun),
        () => {
          failed += 1;
        },
      ),
    );
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(checks);
      return { count: times.length, failed, p99: spreadOf(times).p99 };
    },
  };
};
