import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations, requestOf } from '../catalogue.ts';

/** Tried once: other questions must not wait for it. */
export const billingHistoryRequest = (organizationId: string): VendorRequest => ({
  ...requestOf(operations.billingHistory, { organization_id: organizationId }),
  attemptsMax: 1,
});
