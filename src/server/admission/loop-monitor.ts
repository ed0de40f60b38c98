import type { Clock } from '../../domain/clock.ts';

const tickMs = 20;
const windowMs = 1_000;

/** Delay of the event loop: the 99th percentile of the last second. */
export interface LoopMonitor {
  /** Starts measuring if needed, and measures until a second without a call. 0 on the first call. */
  delayMs(): number;
  /** For how long a request that is seen now may have waited unseen; 0 while nothing is measured. */
  unseenMs(): number;
  stop(): void;
}

/** `onTick` is told how late each tick was. */
export const openLoopMonitor = (clock: Clock, onTick: (lateMs: number) => void = () => {}): LoopMonitor => {
  let delays: { readonly at: number; readonly late: number }[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  /** When the next tick is due; null while nothing is measured. */
  let due: number | null = null;
  let stopped = false;
  let cancel = () => {};

  const recent = (now: number) => delays.filter(({ at }) => at > now - windowMs);
  const lateness = (now: number): number => (due === null ? 0 : Math.max(0, now - due));
  const tick = (): void => {
    const now = clock.monotonic();
    const late = lateness(now);
    delays = [...recent(now), { at: now, late }];
    due = null;
    onTick(late);
    if (due === null && !stopped && now - readAt < windowMs) later(now);
  };
  const later = (now: number): void => {
    due = now + tickMs;
    cancel = clock.after(tickMs, tick);
  };

  return {
    delayMs: () => {
      const now = clock.monotonic();
      readAt = now;
      if (due === null && !stopped) later(now);
      // An overdue tick counts already: the caller may be what delays it.
      const late = [...recent(now).map((delay) => delay.late), lateness(now)].sort((left, right) => left - right);
      return late[Math.ceil(late.length * 0.99) - 1] ?? 0;
    },
    unseenMs: () => {
      const now = clock.monotonic();
      const pending = lateness(now);
      const last = delays.at(-1);
      return last !== undefined && now - last.at <= tickMs + pending ? last.late + pending : pending;
    },
    stop: () => {
      stopped = true;
      cancel();
    },
  };
};
