import type { Day } from '../../../src/domain/day.ts';
import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations, requestOf } from '../catalogue.ts';
import { windowQuery } from '../requests.ts';

/** What every instance cost on each day of the window. */
export const chartRequest = (
  organizationId: string,
  window: { readonly start: Day; readonly end: Day },
  now: number,
): VendorRequest => ({
  ...requestOf(operations.charts, { organization_id: organizationId }),
  query: [...windowQuery(window, now), ['bucketing_strategy', 'daily']],
});
