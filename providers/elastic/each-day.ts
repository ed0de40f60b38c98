import type { Day } from '../../src/domain/day.ts';
import { Failure } from '../../src/vendor/kit/index.ts';

/** As many calls as the connection makes at the same time. */
export const concurrencyMax = 6;

/** Failures that every other day would meet as well. */
const general: readonly Failure['kind'][] = [
  'vendor-throttled',
  'quota-exhausted',
  'circuit-open',
  'overloaded',
  'deadline-exceeded',
  'credentials-rejected',
  'permission-missing',
  'vendor-not-found',
];

export const failsEveryDay = ({ kind }: Failure): boolean => general.includes(kind);

/**
 * Works through the days in their order, some at a time. A day that fails does not fail its neighbours: the failure is
 * thrown when all others are done. One that every day would meet ends the work.
 */
export const eachDay = async (days: readonly Day[], work: (day: Day) => Promise<void>): Promise<void> => {
  const failures: Failure[] = [];
  const left = days.values();
  let ended = false;
  const worker = async (): Promise<void> => {
    for (const day of left) {
      try {
        await work(day);
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown;
        failures.push(thrown);
        ended ||= failsEveryDay(thrown);
      }
      if (ended) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrencyMax, days.length) }, worker));
  const failure = failures.find(failsEveryDay) ?? failures[0];
  if (failure !== undefined) throw failure;
};
