import { z } from 'zod';
import type { AccessScope, Consumer } from '../../domain/consumer.ts';
import type { FailureKind } from '../../domain/failure/failure.ts';
import type { WriteTicket } from '../../services/writes/ticket.ts';
import type { WriteResult } from '../../services/writes/write-result.ts';

/**
 * Contract 2: the description of a route. The router, the OpenAPI document, the authorisation and the tests all read
 * this object. The contract does not know which services exist: routes are defined over the type of the services that
 * the app passes in.
 */

/** The part of the input that is the same for every operation. */
export interface RequestInput {
  readonly consumer: Consumer;
  /** The negotiated media type of the answer. */
  readonly accept: string;
  /** True if `Cache-Control: no-cache` was sent. */
  readonly noCache: boolean;
  /** Aborted when the caller disconnects or the time is up. */
  readonly signal: AbortSignal;
  /** A value of `clock.monotonic()`. */
  readonly deadline: number;
}

export interface OperationInput<Services, Query, Params, Body> extends RequestInput {
  readonly query: Query;
  readonly params: Params;
  readonly body: Body;
  readonly services: Services;
}

export interface WriteInput<Services, Query, Params, Body> extends OperationInput<Services, Query, Params, Body> {
  /** Ensures that the one write of this request does not happen twice. */
  readonly ticket: WriteTicket;
}

/** What a handler returns; `mount` turns it into bytes. */
export interface OperationAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless `text` or `lines` is present. */
  readonly json?: unknown;
  readonly text?: string;
  /** Streamed, for long lists. */
  readonly lines?: Iterable<string> | AsyncIterable<string>;
  readonly contentType?: string;
}

export interface DocumentedAnswer {
  readonly description: string;
  /** Absent for answers without a JSON body. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  /** Media types beside JSON, such as `text/csv`. */
  readonly alsoAs?: readonly string[];
}

/** The documented part of an operation. */
export interface OperationEntry<
  Query extends z.ZodObject = z.ZodObject,
  Params extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for parameters: `/v1/budgets/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** The scope a consumer needs; `null` for open operations. */
  readonly scope: AccessScope | null;
  /** Every value of the query string arrives as a list of texts: see `parameters.ts`. */
  readonly query: Query;
  readonly params: Params;
  readonly body: Body;
  /** What each line is, where the body may also come as NDJSON. */
  readonly lines?: z.ZodType;
  readonly answers: Readonly<Record<number, DocumentedAnswer>>;
  /** Below which path that is which it creates or starts; the path of the operation where absent. */
  readonly resultsUnder?: string;
  /** The problems it can answer with, beside those of every operation. */
  readonly problems: readonly FailureKind[];
}

/** Runs a write once for its idempotency key. */
export type Once = (run: (ticket: WriteTicket) => Promise<WriteResult>) => Promise<WriteResult>;

export interface RawInput extends RequestInput {
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly once: Once;
}

/** An operation with a handler, without its input types. */
export interface Operation<Services> extends OperationEntry {
  /** Validates, then handles. Throws a Failure that names every invalid field. */
  readonly run: (raw: RawInput, services: Services) => Promise<OperationAnswer>;
}

/** For operations without a query or without path parameters. */
export const none = z.strictObject({});
/** For operations that take no body. */
export const noBody = z.undefined();
