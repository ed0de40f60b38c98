import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { firstPage, type Link, requestOf } from '../requests.ts';

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

/** Insights are monitors in the published dialect alone, which documents no idempotency key. */
export const createInsightRequest = (body: InsightBody): VendorRequest => ({
  ...requestOf(operations.createInsight),
  json: body,
});
export const updateInsightRequest = (id: string, body: InsightBody): VendorRequest => ({
  ...requestOf(operations.updateOneInsight, id),
  json: body,
});
export const deleteInsightRequest = (id: string): VendorRequest => requestOf(operations.deleteOneInsight, id);
