import { addDays, type Day, dayOfInstant, daysBetween } from '../../domain/day.ts';
import type { Ages } from '../../vendor/contract/contract.ts';

/** `due`: served while it is refreshed in the background. `expired`: fetched again before it is served. */
export type Freshness = 'fresh' | 'due' | 'expired';

/**
 * The freshness of a day's figure. A day is open until the following day ends, then restated for some days, then
 * closed. A figure that was read before its day closed is fetched once more afterwards.
 */
export const freshness = (day: Day, asOf: number, now: number, ages: Ages): Freshness => {
  const today = dayOfInstant(now);
  const daysAgo = daysBetween(day, today);
  const age = now - asOf;
  if (daysAgo <= 1) return grade(age, ages.openMs);
  if (daysAgo <= ages.restatedDays) return grade(age, ages.restatedMs);
  const closedOn = addDays(day, ages.restatedDays + 1);
  return dayOfInstant(asOf) >= closedOn ? 'fresh' : grade(age, ages.restatedMs);
};

const grade = (age: number, ageMax: number): Freshness => {
  if (age <= ageMax) return 'fresh';
  return age <= ageMax * 2 ? 'due' : 'expired';
};

/** How long a figure read at `asOf` remains fresh, in milliseconds from now; never negative. */
export const freshForMs = (day: Day, asOf: number, now: number, ages: Ages): number => {
  const daysAgo = daysBetween(day, dayOfInstant(now));
  const ageMax = daysAgo <= 1 ? ages.openMs : ages.restatedMs;
  if (freshness(day, asOf, now, ages) === 'fresh' && daysAgo > ages.restatedDays) return ages.restatedMs;
  return Math.max(0, asOf + ageMax - now);
};

/** Ages under a quota, raised so that refreshing all queries in use takes at most three quarters of it. */
export const pacedAges = (
  ages: Ages,
  quota: { readonly limit: number; readonly windowMs: number },
  questions: number,
): Ages => {
  const paceMs = (quota.windowMs / (quota.limit * 0.75)) * Math.max(1, questions);
  return { ...ages, openMs: Math.max(ages.openMs, paceMs), restatedMs: Math.max(ages.restatedMs, paceMs) };
};

/** How long a figure has been stale; 0 while it is fresh. */
export const staleForMs = (day: Day, asOf: number, now: number, ages: Ages): number => {
  if (freshness(day, asOf, now, ages) === 'fresh') return 0;
  const ageMax = daysBetween(day, dayOfInstant(now)) <= 1 ? ages.openMs : ages.restatedMs;
  return Math.max(0, now - asOf - ageMax);
};
