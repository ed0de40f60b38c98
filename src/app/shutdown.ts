import type { Clock } from '../domain/clock.ts';
import type { Log } from '../telemetry/log.ts';
import type { Probes } from './probes.ts';
import type { Readiness } from './readiness.ts';

export interface DrainTimes {
  /** Load balancers get at least this long to stop sending traffic. */
  readonly noticeMsMin: number;
  /** Requests in flight need the rest of the shutdown. */
  readonly noticeMsMax: number;
  /** Time limit of the shutdown. */
  readonly hardStopMs: number;
}
export const defaultDrain: DrainTimes = { noticeMsMin: 2_000, noticeMsMax: 10_000, hardStopMs: 25_000 };

export interface Drain {
  readonly clock: Clock;
  readonly log: Log;
  readonly readiness: Readiness;
  readonly probes: Pick<Probes, 'noticeMs'>;
  readonly times: DrainTimes;
  /** Resolves when the last request in flight has been answered. */
  readonly close: () => Promise<void>;
}

/** Reports not ready, waits for load balancers to notice, then answers requests in flight. Resolves with the exit code. */
export const drain = async ({ clock, log, readiness, probes, times, close }: Drain): Promise<number> => {
  const noticeMs = Math.min(times.noticeMsMax, Math.max(times.noticeMsMin, probes.noticeMs()));
  log.info({ noticeMs }, 'draining: not ready any more, requests in flight are answered');
  readiness.drain();
  const late = new Promise<number>((resolve) => void clock.after(times.hardStopMs, () => resolve(1)));
  const clean = clock
    .sleep(noticeMs)
    .then(close)
    .then(() => 0);
  const code = await Promise.race([clean, late]);
  log.info({ code }, code === 0 ? 'stopped' : 'stopped with requests unanswered');
  return code;
};
