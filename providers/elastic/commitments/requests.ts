import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations, requestOf } from '../catalogue.ts';

export const prepaidCreditRequest = (organizationId: string): VendorRequest =>
  requestOf(operations.prepaidCredit, { organization_id: organizationId });
