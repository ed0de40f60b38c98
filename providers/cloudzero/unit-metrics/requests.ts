import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { requestOf } from '../requests.ts';

/** The most records that one answer shows; there is no way to ask for more. */
export const recordsMax = 1000;

export const metricRecordsRequest = (stream: string): VendorRequest => ({
  ...requestOf(operations.getMetricTelemetry, stream),
  query: [['limit', String(recordsMax)]],
});
