import { z } from 'zod';

/** Measurements as callers send them. What a vendor takes beyond their shape, it says itself. */

/** A unit metric counts something that costs are divided by; an allocation says along what costs are divided. */
export const telemetryKinds = ['unit-metric', 'allocation'] as const;
export type TelemetryKind = (typeof telemetryKinds)[number];

/** `sum` adds to a record of the same time and meaning, `replace` overwrites it, `delete` removes it. */
export const telemetryOperations = ['sum', 'replace', 'delete'] as const;
export type TelemetryOperation = (typeof telemetryOperations)[number];

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
