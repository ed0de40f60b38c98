import type { Day } from '../../src/domain/day.ts';
import type { VendorRequest } from '../../src/vendor/kit/index.ts';
import { operations } from './catalogue.ts';

const midnight = (day: Day): string => `${day}T00:00:00Z`;

/** What every instance cost from `start` up to but not including `end`, as one aggregate without days. */
export const instanceCostsRequest = (organizationId: string, start: Day, end: Day): VendorRequest => {
  const { id, method, path, effect } = operations.costsByInstances;
  return {
    operation: id,
    method,
    path: path.replace('{organization_id}', encodeURIComponent(organizationId)),
    query: [
      ['from', midnight(start)],
      ['to', midnight(end)],
      ['include_names', 'true'],
    ],
    effect,
  };
};
