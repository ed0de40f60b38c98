import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { type DateRange, rangeQuery, requestOf } from '../requests.ts';

/** The reservations of one product. Both ids stand in the path and in the query, where one has another name. */
export const reservationPlansRequest = (costAccountId: string, productId: string, range: DateRange): VendorRequest => ({
  ...requestOf(operations.reservationPlans, { cost_account_id: costAccountId, product_id: productId }),
  query: [['cost_account_id', costAccountId], ['productId', productId], ...rangeQuery(range)],
});
