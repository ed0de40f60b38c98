import type { TelemetryBatch, TelemetryStream, VendorRequest } from '../../../src/vendor/kit/index.ts';
import { type Operation, operations } from '../catalogue.ts';
import { requestOf } from '../requests.ts';
import { liveRecords, publishedDeletion, publishedRecords } from './bodies.ts';

/** The bodies of good answers are not described, and some have none. */
const writing = (operation: Operation, stream: string): VendorRequest => ({
  ...requestOf(operation, stream),
  answer: 'any',
});

const live = {
  'unit-metric': {
    sum: operations.sumMetricTelemetry,
    replace: operations.replaceMetricTelemetry,
    delete: operations.deleteMetricTelemetry,
  },
  allocation: {
    sum: operations.sumAllocationTelemetry,
    replace: operations.replaceAllocationTelemetry,
    delete: operations.deleteAllocationTelemetry,
  },
} as const;

export const liveTelemetryRequest = (batch: TelemetryBatch): VendorRequest => ({
  ...writing(live[batch.kind][batch.operation], batch.stream),
  json: { records: liveRecords(batch) },
});

/** There is one way to send a metric: what would replace is refused before. */
const published = {
  'unit-metric': { send: operations.postMetricRecords, delete: operations.deleteMetricRecords },
  allocation: { send: operations.sumAllocationRecords, delete: operations.deleteAllocationRecords },
} as const;

export const publishedTelemetryRequest = (batch: TelemetryBatch): VendorRequest => {
  const { kind, operation, stream } = batch;
  if (operation === 'delete') return { ...writing(published[kind].delete, stream), json: publishedDeletion(batch) };
  const replaces = kind === 'allocation' && operation === 'replace';
  return {
    ...writing(replaces ? operations.replaceAllocationRecords : published[kind].send, stream),
    json: { records: publishedRecords(batch) },
  };
};

export const removeLiveStreamRequest = ({ stream }: TelemetryStream): VendorRequest =>
  writing(operations.deleteTelemetryStream, stream);

export const removePublishedStreamRequest = ({ stream }: TelemetryStream): VendorRequest =>
  writing(operations.deleteMetricStream, stream);
