import { LRUCache } from 'lru-cache';
import type { Clock } from '../domain/clock.ts';

/** How often load balancers ask whether this process is ready. */
export interface Probes {
  /** Counts a probe of one prober. */
  note(prober: string): void;
  /** Time in which each prober asks three times: one that needs several answers to take a process out has them by then. */
  noticeMs(): number;
}

interface Prober {
  readonly at: number;
  /** Its last gaps between two probes. */
  readonly gapsMs: readonly number[];
}

const probersMax = 64;
const gapsKept = 5;
const probesForNotice = 3;
/** One that has not asked for this many of its gaps asks no more. */
const silentAfterGaps = 5;

export const createProbes = (clock: Clock): Probes => {
  const probers = new LRUCache<string, Prober>({ max: probersMax });
  return {
    note: (prober) => {
      const at = clock.monotonic();
      const before = probers.get(prober);
      probers.set(prober, {
        at,
        gapsMs: before === undefined ? [] : [...before.gapsMs, at - before.at].slice(-gapsKept),
      });
    },
    noticeMs: () => {
      const now = clock.monotonic();
      const gaps = [...probers.values()].flatMap(({ at, gapsMs }) => {
        const longest = Math.max(0, ...gapsMs);
        return now - at <= longest * silentAfterGaps ? [longest] : [];
      });
      return Math.max(0, ...gaps) * probesForNotice;
    },
  };
};
