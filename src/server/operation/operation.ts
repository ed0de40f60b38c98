import { z } from 'zod';
import type { AccessScope, Consumer } from '../../domain/consumer.ts';
import type { FailureKind } from '../../domain/failure/failure.ts';
import type { WriteTicket } from '../../services/writes/ticket.ts';
import type { WriteResult } from '../../services/writes/write-result.ts';

/**
 * Contract 2: what a route says about itself. The router, the OpenAPI document, the authorisation and the
 * tests all read this one object; a route file reads like its entry in the document. The contract does not know
 * which services there are: routes are defined over the type of the services that the app gives them.
 */

/** Who asks, and how: the same for every operation. */
export interface RequestInput {
  readonly consumer: Consumer;
  /** The media type to answer in, out of those the operation offers. */
  readonly accept: string;
  /** `Cache-Control: no-cache` was sent. */
  readonly noCache: boolean;
  /** Aborted when the caller leaves. */
  readonly signal: AbortSignal;
  /** What is left for this request, as a value of `clock.monotonic()`. */
  readonly deadline: number;
}

export interface OperationInput<Services, Query, Params, Body> extends RequestInput {
  readonly query: Query;
  readonly params: Params;
  readonly body: Body;
  readonly services: Services;
}

export interface WriteInput<Services, Query, Params, Body> extends OperationInput<Services, Query, Params, Body> {
  /** Protects the one write of this request from happening twice. */
  readonly ticket: WriteTicket;
}

/** What a handler gives back; the mount turns it into bytes. */
export interface OperationAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless `text` or `lines` is there. */
  readonly json?: unknown;
  readonly text?: string;
  /** Sent as they come, for long lists. */
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

/** What is documented of an operation. */
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
  /** The scope a consumer needs; `null` for what is open to everybody. */
  readonly scope: AccessScope | null;
  /** Every value of the query string arrives as a list of texts: see `parameters.ts`. */
  readonly query: Query;
  readonly params: Params;
  readonly body: Body;
  readonly answers: Readonly<Record<number, DocumentedAnswer>>;
  /** Which problems it can answer with, beyond those that every operation can. */
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

/** An operation whose types are closed over. */
export interface Operation<Services> extends OperationEntry {
  /** Validates, then handles. Throws a Failure that names every faulty field. */
  readonly run: (raw: RawInput, services: Services) => Promise<OperationAnswer>;
}

/** For operations without a query or without path parameters. */
export const none = z.strictObject({});
/** For operations that take no body. */
export const noBody = z.undefined();
