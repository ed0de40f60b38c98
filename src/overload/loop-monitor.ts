import type { Clock } from '../clock.ts';

const tickMs = 20;
const windowMs = 1_000;

/** How late the event loop comes to what is due: the 99th percentile of the last second, and of nothing before. */
export interface LoopMonitor {
  delayMs(): number;
  stop(): void;
}

export const openLoopMonitor = (clock: Clock): LoopMonitor => {
  let delays: { readonly at: number; readonly late: number }[] = [];
  let stopped = false;
  let cancel = () => {};
  let due = 0;

  const recent = (now: number) => delays.filter(({ at }) => at > now - windowMs);
  const tick = (): void => {
    const now = clock.monotonic();
    delays = [...recent(now), { at: now, late: Math.max(0, now - due) }];
    later();
  };
  const later = (): void => {
    if (stopped) return;
    due = clock.monotonic() + tickMs;
    cancel = clock.after(tickMs, tick);
  };
  later();

  return {
    delayMs: () => {
      const now = clock.monotonic();
      // A tick that is overdue counts before it comes: who asks is what keeps it from coming.
      const late = [...recent(now).map((delay) => delay.late), Math.max(0, now - due)].sort(
        (left, right) => left - right,
      );
      return late[Math.ceil(late.length * 0.99) - 1] ?? 0;
    },
    stop: () => {
      stopped = true;
      cancel();
    },
  };
};
