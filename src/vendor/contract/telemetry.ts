import type { TelemetryKind, TelemetryOperation } from '../../domain/telemetry.ts';

export type { TelemetryKind, TelemetryOperation } from '../../domain/telemetry.ts';

interface Measurement {
  /** A date or a timestamp in ISO 8601; without an offset it is UTC. */
  readonly timestamp: string;
  readonly granularity?: 'HOURLY' | 'DAILY' | 'MONTHLY' | undefined;
  /** A decimal. A deletion has none. */
  readonly value?: string | undefined;
}

export interface UnitMetricRecord extends Measurement {
  /** Which costs it is about: one element of each dimension, by its name. */
  readonly associatedCost?: Readonly<Record<string, string>> | undefined;
}

export interface AllocationRecord extends Measurement {
  /** Whom the share belongs to. */
  readonly elementName?: string | undefined;
  /** Which costs are divided: elements of each dimension, by its name. */
  readonly filter?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What one call changes in a stream. */
export type TelemetryBatch = { readonly stream: string; readonly operation: TelemetryOperation } & (
  | { readonly kind: 'unit-metric'; readonly records: readonly UnitMetricRecord[] }
  | { readonly kind: 'allocation'; readonly records: readonly AllocationRecord[] }
);

export interface TelemetryStream {
  readonly kind: TelemetryKind;
  readonly stream: string;
}

export interface TelemetryLimits {
  /** Absent: the bytes alone bound a call. */
  readonly recordsMax?: number;
  /** Of the body of a call. */
  readonly bytesMax: number;
  /** Over all streams. */
  readonly recordsPerSecond: number;
}
