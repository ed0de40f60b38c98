import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { type accountTypes, type DateRange, rangeQuery, requestOf } from '../requests.ts';

/** All checks of one kind of account, whatever their status: the sample that asks for status 1 has both. */
export const governanceRequest = (accountType: (typeof accountTypes)[number], range: DateRange): VendorRequest => ({
  ...requestOf(operations.governance),
  query: [['type', '3'], ['anomaly_status', '1'], ['account_type', accountType], ...rangeQuery(range)],
});

export const taggingReportsRequest = (): VendorRequest => requestOf(operations.taggingReports);
/** Reports on tags travel as business units. */
export const taggingSummaryRequest = (reportId: string): VendorRequest => ({
  ...requestOf(operations.taggingSummary),
  query: [['business_unit_id', reportId]],
});
