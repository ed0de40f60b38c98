import type { VendorRequest } from './request.ts';

/** One operation of the vendor's own API, as callers may use it unchanged. */
export interface NativeOperation {
  /** Unique in its provider. */
  readonly id: string;
  readonly title: string;
  /** The part of the vendor's product that it belongs to. */
  readonly area: string;
  readonly method: VendorRequest['method'];
  /** With `{name}` for parameters; everything else is sent as it stands here. */
  readonly path: string;
  /** What it does, whatever its method: a POST that only reads is `read`. */
  readonly effect: 'read' | 'write';
  /** What the credential must be granted, in the vendor's words; null where none is documented. */
  readonly scope: string | null;
  readonly parameters: readonly NativeParameter[];
  /** Null where it takes none. */
  readonly body: NativeBody | null;
  /** The media types of its good answers; empty where none is documented. */
  readonly answers: readonly string[];
  /** What a caller has to know that the vendor's document leaves out or has wrong. */
  readonly note?: string | undefined;
  /** Which of the connector's origins; `api` when absent. */
  readonly origin?: string | undefined;
  /** The name that pauses and limits of this operation go by, where the provider asks it too; else its id. */
  readonly operation?: string | undefined;
  /** Name of the quota in the connector's limits that a call is charged to. */
  readonly quota?: string | undefined;
  /** How long a call may take; the connector's limit when absent. */
  readonly timeoutMs?: number | undefined;
  /** The header by which the vendor recognises a repeated write. Absent: it recognises none. */
  readonly idempotencyHeader?: string | undefined;
}

export interface NativeParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  /** JSON Schema of the value, or of the JSON value whose text it is. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** True where the value is the text of a JSON value. */
  readonly json: boolean;
}

export interface NativeBody {
  readonly required: boolean;
  /** By media type: JSON Schema, empty where the content is not described. */
  readonly content: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The most that the vendor takes; a bound of the gateway where absent. */
  readonly bytesMax?: number | undefined;
}
