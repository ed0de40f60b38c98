import { z } from 'zod';
import {
  allocationRecordSchema,
  type MeasuredRecord,
  telemetryKinds,
  telemetryOperations,
  unitMetricRecordSchema,
} from '../../domain/telemetry.ts';
import type { TelemetryBatch } from '../../vendor/contract/contract.ts';

/** What was asked for. */
export const measurementsSchema = z.object({
  connection: z.string(),
  kind: z.enum(telemetryKinds),
  stream: z.string(),
  operation: z.enum(telemetryOperations),
});
export type Measurements = z.output<typeof measurementsSchema>;

/** The records of one call. */
export const batchOf = ({ kind, stream, operation }: Measurements, records: readonly unknown[]): TelemetryBatch =>
  kind === 'unit-metric'
    ? { kind, stream, operation, records: z.array(unitMetricRecordSchema).parse(records) }
    : { kind, stream, operation, records: z.array(allocationRecordSchema).parse(records) };

/** Records that may go in one call have the same. */
export const shapeOf = (record: MeasuredRecord): string => {
  const filters = 'filter' in record ? record.filter : 'associatedCost' in record ? record.associatedCost : undefined;
  return JSON.stringify([record.granularity ?? null, Object.keys(filters ?? {}).sort()]);
};
