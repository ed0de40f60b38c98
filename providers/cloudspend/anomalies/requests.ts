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
/** Who watches: the vendor by itself, or a check that a user made. Each has the same reads under paths of its own. */
export type Watcher = 'vendor' | 'check';

const operationsOf = {
  vendor: {
    data: operations.anomalyData,
    meta: operations.anomalyMeta,
    causes: operations.anomalyCauses,
    similar: operations.similarAnomalies,
  },
  check: {
    data: operations.checkAnomalyData,
    meta: operations.checkAnomalyMeta,
    causes: operations.checkAnomalyCauses,
    similar: operations.checkSimilarAnomalies,
  },
} as const satisfies Record<Watcher, unknown>;

/** What one of them watches; the vendor's id of it. */
export interface WatchedId {
  readonly watcher: Watcher;
  readonly id: string;
}

export const anomalyDataRequest = ({ watcher, id }: WatchedId, range: DateRange): VendorRequest => ({
  ...requestOf(operationsOf[watcher].data),
  query: [['anomaly_id', id], ...rangeQuery(range)],
});

const occurrenceQuery = (anomalyId: string, detectedTime: string): [string, string][] => [
  ['anomaly_id', anomalyId],
  ['detected_time', detectedTime],
];
export const anomalyMetaRequest = ({ watcher, id }: WatchedId, detectedTime: string): VendorRequest => ({
  ...requestOf(operationsOf[watcher].meta),
  query: occurrenceQuery(id, detectedTime),
});
export const anomalyCausesRequest = ({ watcher, id }: WatchedId, detectedTime: string): VendorRequest => ({
  ...requestOf(operationsOf[watcher].causes),
  query: occurrenceQuery(id, detectedTime),
});
export const similarAnomaliesRequest = ({ watcher, id }: WatchedId, range: DateRange): VendorRequest => ({
  ...requestOf(operationsOf[watcher].similar),
  query: [['anomaly_id', id], ...rangeQuery(range)],
});
