import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations, requestOf } from '../catalogue.ts';

export const billingHistoryRequest = (organizationId: string): VendorRequest =>
  requestOf(operations.billingHistory, { organization_id: organizationId });
