import type { Clock } from '../domain/clock.ts';
import type { Log } from '../telemetry/log.ts';
import type { Readiness } from './readiness.ts';

/** `noticeMs`: time for load balancers to stop sending traffic. `hardStopMs`: time limit of the shutdown. */
export interface DrainTimes {
  readonly noticeMs: number;
  readonly hardStopMs: number;
}
export const defaultDrain: DrainTimes = { noticeMs: 2_000, hardStopMs: 25_000 };

export interface Drain {
  readonly clock: Clock;
  readonly log: Log;
  readonly readiness: Readiness;
  readonly times: DrainTimes;
  /** Resolves when the last request in flight has been answered. */
  readonly close: () => Promise<void>;
}

/** Reports not ready, waits for load balancers to notice, then answers requests in flight. Resolves with the exit code. */
export const drain = async ({ clock, log, readiness, times, close }: Drain): Promise<number> => {
  log.info({ noticeMs: times.noticeMs }, 'draining: not ready any more, requests in flight are answered');
  readiness.drain();
  const late = new Promise<number>((resolve) => void clock.after(times.hardStopMs, () => resolve(1)));
  const clean = clock
    .sleep(times.noticeMs)
    .then(close)
    .then(() => 0);
  const code = await Promise.race([clean, late]);
  log.info({ code }, code === 0 ? 'stopped' : 'stopped with requests unanswered');
  return code;
};
