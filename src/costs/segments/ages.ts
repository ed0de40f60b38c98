import { addDays, type Day, dayOfInstant, daysBetween } from '../../domain/day.ts';
import type { Ages } from '../../vendor/contract/contract.ts';

/** `due`: good enough to serve while one caller refreshes it; `expired`: to be asked for before it is served. */
export type Freshness = 'fresh' | 'due' | 'expired';

/**
 * How a day's figure stands. The day is open until the one after it is over, then restated for some days,
 * then closed; a figure that was read before its day closed is asked for once more afterwards.
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

/** Until when a figure read at `asOf` counts as fresh, in milliseconds from now; never negative. */
export const freshForMs = (day: Day, asOf: number, now: number, ages: Ages): number => {
  const daysAgo = daysBetween(day, dayOfInstant(now));
  const ageMax = daysAgo <= 1 ? ages.openMs : ages.restatedMs;
  if (freshness(day, asOf, now, ages) === 'fresh' && daysAgo > ages.restatedDays) return ages.restatedMs;
  return Math.max(0, asOf + ageMax - now);
};

/** Refreshes of what draws on a quota are spread so that the questions now in use share three quarters of it. */
export const pacedAges = (
  ages: Ages,
  quota: { readonly limit: number; readonly windowMs: number },
  questions: number,
): Ages => {
  const paceMs = (quota.windowMs / (quota.limit * 0.75)) * Math.max(1, questions);
  return { ...ages, openMs: Math.max(ages.openMs, paceMs), restatedMs: Math.max(ages.restatedMs, paceMs) };
};

/** How long ago a figure ceased to be fresh; 0 while it is. */
export const staleForMs = (day: Day, asOf: number, now: number, ages: Ages): number => {
  if (freshness(day, asOf, now, ages) === 'fresh') return 0;
  const ageMax = daysBetween(day, dayOfInstant(now)) <= 1 ? ages.openMs : ages.restatedMs;
  return Math.max(0, now - asOf - ageMax);
};
