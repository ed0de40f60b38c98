import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../telemetry/log.ts';

export interface RefusalLog {
  note(who: string | null, status: number): void;
  close(): void;
}

const everyMs = 1_000;
/** Beyond this many callers in one interval, the rest is one line. */
const linesMax = 20;

/** One line for each refused caller and interval: a line for each refusal would cost more than the refusal. */
export const openRefusalLog = (clock: Clock, log: Log): RefusalLog => {
  const counts = new Map<string, { readonly who: string; readonly status: number; count: number }>();
  let cancel: (() => void) | null = null;

  const write = (): void => {
    cancel = null;
    for (const { who, status, count } of counts.values()) log.info({ who, status, count }, 'refused before being read');
    counts.clear();
  };
  return {
    note: (who, status) => {
      const name = who ?? 'unknown';
      const line = counts.has(`${status} ${name}`) || counts.size < linesMax ? name : 'others';
      const entry = counts.get(`${status} ${line}`) ?? { who: line, status, count: 0 };
      entry.count += 1;
      counts.set(`${status} ${line}`, entry);
      cancel ??= clock.after(everyMs, write);
    },
    close: () => {
      cancel?.();
      write();
    },
  };
};
