import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { type DateRange, requestOf } from '../requests.ts';

export const guidancesRequest = (): VendorRequest => requestOf(operations.guidances);
/** The id stands in the path and in the query. */
export const reservationsRequest = (costAccountId: string): VendorRequest => ({
  ...requestOf(operations.reservations, { cost_account_id: costAccountId }),
  query: [['cost_account_id', costAccountId]],
});

/** What commitments and discounts saved, by billing account. Its cost type is the same for every cloud. */
export const savingsRequest = (
  costAccountId: string,
  billingAccountIds: readonly string[],
  range: DateRange,
): VendorRequest => ({
  ...requestOf(operations.savings),
  json: {
    ...range,
    period: 1,
    cost_tags: [],
    cost_type: 0,
    accounts: [{ cost_account_id: costAccountId, billing_account_ids: billingAccountIds }],
  },
});
