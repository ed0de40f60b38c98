import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { firstPage, idempotencyHeader, type Link, requestOf } from '../requests.ts';

export const publishedInsightsRequest = (link: Link | null): VendorRequest => ({
  ...requestOf(operations.getInsights),
  ...(link ?? firstPage),
});

/** With the vendor's dimension ids instead of our names. */
export interface InsightBody {
  readonly name: string;
  readonly description: string;
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly group_by: readonly string[];
}

export const createInsightRequest = (body: InsightBody, key: string): VendorRequest => ({
  ...requestOf(operations.createInsight),
  ...idempotencyHeader(key),
  json: body,
});
export const updateInsightRequest = (id: string, body: InsightBody, key: string): VendorRequest => ({
  ...requestOf(operations.updateOneInsight, id),
  ...idempotencyHeader(key),
  json: body,
});
export const deleteInsightRequest = (id: string, key: string): VendorRequest => ({
  ...requestOf(operations.deleteOneInsight, id),
  ...idempotencyHeader(key),
});
