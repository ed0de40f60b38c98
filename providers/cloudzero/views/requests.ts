import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { idempotencyHeader, listQuery, requestOf } from '../requests.ts';

export const viewsRequest = (cursor: string | null): VendorRequest => ({
  ...requestOf(operations.getViews),
  query: listQuery(cursor),
});

export const oneViewRequest = (id: string): VendorRequest => requestOf(operations.getOneView, id);

/** With the vendor's dimension ids instead of our names. */
export interface ViewBody {
  readonly name: string;
  readonly filter: Readonly<Record<string, readonly string[]>>;
  readonly principal_dimension: string;
  readonly anomalies: Readonly<Record<string, unknown>>;
}

/** `connections` is required: a view that is created here notifies nobody yet. */
export const createViewRequest = (body: ViewBody, key: string): VendorRequest => ({
  ...requestOf(operations.createView),
  ...idempotencyHeader(key),
  json: { ...body, connections: {} },
});

/** Whom the view notifies is not named, so it stays. */
export const updateViewRequest = (id: string, body: ViewBody, key: string): VendorRequest => ({
  ...requestOf(operations.updateView, id),
  ...idempotencyHeader(key),
  json: body,
});

export const deleteViewRequest = (id: string, key: string): VendorRequest => ({
  ...requestOf(operations.deleteView, id),
  ...idempotencyHeader(key),
});
