import { z } from 'zod';
import type { TelemetryBatch, TelemetryKind, TelemetryOperation } from '../../vendor/contract/contract.ts';

/** Measurements as callers send them. What a vendor takes beyond their shape, it says itself. */

export const telemetryKinds = ['unit-metric', 'allocation'] as const satisfies readonly TelemetryKind[];
export const telemetryOperations = ['sum', 'replace', 'delete'] as const satisfies readonly TelemetryOperation[];

const measurement = {
  timestamp: z
    .string()
    .max(40)
    .meta({ description: 'A date or a timestamp in ISO 8601; without an offset it is UTC.', examples: ['2026-09-01'] }),
  granularity: z.enum(['HOURLY', 'DAILY', 'MONTHLY']).optional(),
  value: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'A decimal above 0; absent in a deletion.', examples: ['2717'] }),
};

export const unitMetricRecordSchema = z
  .strictObject({
    ...measurement,
    associatedCost: z
      .record(z.string().max(256), z.string().max(1_024))
      .optional()
      .meta({
        description: 'Which costs it is about: one element of each dimension, by its name.',
        examples: [{ 'custom:Engineering Team': 'Leonardo' }],
      }),
  })
  .meta({ id: 'UnitMetricRecord' });

export const allocationRecordSchema = z
  .strictObject({
    ...measurement,
    elementName: z
      .string()
      .max(1_024)
      .optional()
      .meta({ description: 'Whom the share belongs to.', examples: ['Email'] }),
    filter: z
      .record(z.string().max(256), z.array(z.string().max(1_024)))
      .optional()
      .meta({ description: 'Which costs are divided: elements of each dimension, by its name.' }),
  })
  .meta({ id: 'AllocationRecord' });

export type MeasuredRecord = z.output<typeof unitMetricRecordSchema> | z.output<typeof allocationRecordSchema>;

export const recordSchemaOf = (kind: TelemetryKind) =>
  kind === 'unit-metric' ? unitMetricRecordSchema : allocationRecordSchema;

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
