import type { Clock } from '../../domain/clock.ts';

const tickMs = 20;
const windowMs = 1_000;

/** Delay of the event loop: the 99th percentile of the last second. */
export interface LoopMonitor {
  /** Starts measuring if needed, and measures until a second without a call. 0 on the first call. */
  delayMs(): number;
  stop(): void;
}

export const openLoopMonitor = (clock: Clock): LoopMonitor => {
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
    delays = [...recent(now), { at: now, late: lateness(now) }];
    due = null;
    if (!stopped && now - readAt < windowMs) later(now);
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
    stop: () => {
      stopped = true;
      cancel();
    },
  };
};
