import { type Day, dayNumber, instantText, millisecondsPerDay } from '../../src/domain/day.ts';
import type { VendorRequest } from '../../src/vendor/kit/index.ts';
import { operations, requestOf } from './catalogue.ts';

const secondMs = 1_000;
const midnight = (day: Day): number => dayNumber(day) * millisecondsPerDay;

/** Never past `now`, in whole seconds, but always after the start of the window. */
const endOf = (start: Day, end: Day, now: number): number =>
  Math.max(midnight(start) + secondMs, Math.min(midnight(end), Math.floor(now / secondMs) * secondMs));

/** From the start of the window up to but not including its end, and never past now. */
export const windowQuery = ({ start, end }: { readonly start: Day; readonly end: Day }, now: number) =>
  [
    ['from', instantText(midnight(start))],
    ['to', instantText(endOf(start, end, now))],
  ] as const;

/** What every instance cost from `start` up to but not including `end`, as one aggregate without days. */
export const instanceCostsRequest = (
  organizationId: string,
  window: { readonly start: Day; readonly end: Day },
  now: number,
  withNames: boolean,
): VendorRequest => ({
  ...requestOf(operations.costsByInstances, { organization_id: organizationId }),
  query: [...windowQuery(window, now), ...(withNames ? [['include_names', 'true'] as const] : [])],
});
