import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { cursorQuery, requestOf } from '../requests.ts';

/** The vendor's own page has 60,000 rows, which is more than one answer should hold. */
export const recommendationsPerPage = 1_000;

/** Where the next page begins: behind a cursor, or after so many rows where the vendor gives none. */
export type RecommendationsFrom = { readonly cursor: string } | { readonly offset: number };

/** Without a least impact the vendor lists those of 1.00 and more in 30 days. */
export const recommendationsRequest = (from: RecommendationsFrom): VendorRequest => ({
  ...requestOf(operations.listRecommendations),
  query:
    'cursor' in from
      ? cursorQuery(from.cursor)
      : [
          ['limit', String(recommendationsPerPage)],
          ...(from.offset === 0 ? [] : [['offset', String(from.offset)] as const]),
        ],
});

export const recommendationTypesRequest = (): VendorRequest => requestOf(operations.listRecommendationTypes);
