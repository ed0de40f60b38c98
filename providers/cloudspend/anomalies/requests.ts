import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { type DateRange, rangeQuery, requestOf } from '../requests.ts';

/** The same status is a number in the summary and a word in the list. */
export const anomalyStatuses = [
  { code: '1', word: 'open' },
  { code: '2', word: 'dismissed' },
  { code: '3', word: 'acknowledged' },
] as const;
export type AnomalyStatus = (typeof anomalyStatuses)[number];

export const anomalySummaryRequest = (status: AnomalyStatus, range: DateRange): VendorRequest => ({
  ...requestOf(operations.anomalySummary),
  query: [['status', status.code], ...rangeQuery(range)],
});
export const anomalyListRequest = (status: AnomalyStatus, category: string, range: DateRange): VendorRequest => ({
  ...requestOf(operations.anomalyList),
  query: [['status', status.word], ['category', category], ...rangeQuery(range)],
});
export const anomalyDataRequest = (anomalyId: string, range: DateRange): VendorRequest => ({
  ...requestOf(operations.anomalyData),
  query: [['anomaly_id', anomalyId], ...rangeQuery(range)],
});

const occurrenceQuery = (anomalyId: string, detectedTime: string): [string, string][] => [
  ['anomaly_id', anomalyId],
  ['detected_time', detectedTime],
];
export const anomalyMetaRequest = (anomalyId: string, detectedTime: string): VendorRequest => ({
  ...requestOf(operations.anomalyMeta),
  query: occurrenceQuery(anomalyId, detectedTime),
});
export const anomalyCausesRequest = (anomalyId: string, detectedTime: string): VendorRequest => ({
  ...requestOf(operations.anomalyCauses),
  query: occurrenceQuery(anomalyId, detectedTime),
});
export const similarAnomaliesRequest = (anomalyId: string, range: DateRange): VendorRequest => ({
  ...requestOf(operations.similarAnomalies),
  query: [['anomaly_id', anomalyId], ...rangeQuery(range)],
});
