import {
  type AllocationRecord,
  exactNumber,
  type TelemetryBatch,
  type UnitMetricRecord,
} from '../../../src/vendor/kit/index.ts';
import { dateOrUtcTime, utcTime } from './instants.ts';

/** Records in the vendor's terms. */

const measured = (value: string | undefined) => (value === undefined ? {} : { value: exactNumber(value) });
const given = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  value === undefined ? {} : { [name]: value };

const liveMetric = ({ timestamp, granularity, value, associatedCost }: UnitMetricRecord): object => ({
  timestamp: dateOrUtcTime(timestamp),
  ...given('granularity', granularity),
  ...measured(value),
  ...given('associated_cost', associatedCost),
});

/** The reference requires `filter` of a record with a value, the guide does not: an empty one satisfies both. */
const liveAllocation = ({ timestamp, granularity, value, elementName, filter }: AllocationRecord): object => ({
  timestamp: dateOrUtcTime(timestamp),
  ...given('granularity', granularity),
  ...measured(value),
  ...given('element_name', elementName),
  ...given('filter', filter ?? (value === undefined ? undefined : {})),
});

export const liveRecords = (batch: TelemetryBatch): readonly object[] =>
  batch.kind === 'unit-metric' ? batch.records.map(liveMetric) : batch.records.map(liveAllocation);

/** The default of the live dialect, which the published one does not have. */
const metricGranularity = 'DAILY';

const publishedMetric = (record: UnitMetricRecord): object => ({
  timestamp: utcTime(record.timestamp),
  granularity: record.granularity ?? metricGranularity,
  ...measured(record.value),
  ...given('filter', record.associatedCost),
});

/** An element is an object there, whose keys are documented nowhere: this one is the name of the live field. */
const publishedAllocation = ({ timestamp, granularity, value, elementName }: AllocationRecord): object => ({
  timestamp: utcTime(timestamp),
  ...given('granularity', granularity),
  ...measured(value),
  ...given('element', elementName === undefined ? undefined : { element_name: elementName }),
});

export const publishedRecords = (batch: TelemetryBatch): readonly object[] =>
  batch.kind === 'unit-metric' ? batch.records.map(publishedMetric) : batch.records.map(publishedAllocation);

/** The one record of a deletion, by its time alone. */
export const publishedDeletion = ({ kind, records: [record] }: TelemetryBatch): object => ({
  timestamp: utcTime(record?.timestamp ?? ''),
  ...given('granularity', record?.granularity ?? (kind === 'unit-metric' ? metricGranularity : undefined)),
});

const isEmpty = (filters: object | undefined): boolean => filters === undefined || Object.keys(filters).length === 0;

const isByTimeAlone = (batch: TelemetryBatch): boolean =>
  batch.kind === 'unit-metric'
    ? batch.records.every(({ associatedCost }) => isEmpty(associatedCost))
    : batch.records.every(({ elementName, filter }) => elementName === undefined && isEmpty(filter));

/** Why the published dialect has no way to say this, or null. */
export const refusedByPublished = (batch: TelemetryBatch): string | null => {
  if (batch.operation === 'delete') {
    if (batch.records.length === 1 && isByTimeAlone(batch)) return null;
    return 'This CloudZero organisation deletes telemetry by one time and granularity in a request: send one record, without filters and elements.';
  }
  if (batch.kind === 'unit-metric') {
    return batch.operation === 'sum'
      ? null
      : 'This CloudZero organisation cannot replace the records of a unit metric.';
  }
  return batch.records.every(({ filter }) => isEmpty(filter))
    ? null
    : 'This CloudZero organisation takes no filters with the records of an allocation.';
};
