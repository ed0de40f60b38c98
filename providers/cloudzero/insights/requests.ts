import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { listQuery, requestOf } from '../requests.ts';

export const liveInsightsRequest = (cursor: string | null): VendorRequest => ({
  ...requestOf(operations.getInsights),
  query: listQuery(cursor),
});
