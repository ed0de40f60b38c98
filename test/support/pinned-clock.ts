import { type Clock, systemClock } from '../../src/domain/clock.ts';
import { dayOfInstant } from '../../src/domain/day.ts';

/** Real timers under a date that never changes from one run to the next: for tests that go over sockets. */
export const pinnedClock = (start = '2026-11-21T10:00:00Z'): Clock => {
  const offset = Date.parse(start) - Date.now();
  const now = () => Date.now() + offset;
  return { ...systemClock, now, today: () => dayOfInstant(now()) };
};
