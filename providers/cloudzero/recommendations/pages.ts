import { decode, type Page } from '../../../src/vendor/kit/index.ts';
import { type RowCount, readLivePage } from '../paging.ts';
import { recommendationsPerPage, recommendationsRequest } from './requests.ts';
import { recommendationPageSchema, recommendationSchema, type WireRecommendation } from './wire.ts';

const what = 'the list of recommendations';
const list = {
  what,
  liveKey: 'recommendations',
  rowSchema: recommendationSchema,
  nextRequest: (cursor: string) => recommendationsRequest({ cursor }),
} as const;

/** Follows the cursor; where there is none although rows are left, goes on by their number. */
export const readRecommendationPage = (
  json: unknown,
  tally: RowCount,
  rowsBefore: number,
): Page<WireRecommendation> & { readonly rows: number } => {
  const page = readLivePage(json, list, tally);
  const rows = tally.received;
  const { pagination } = decode(recommendationPageSchema, json, what);
  const total = pagination?.total_count || null;
  const more =
    pagination?.cursor?.has_next ?? (total === null ? rows - rowsBefore === recommendationsPerPage : rows < total);
  if (page.next !== null || !more || rows === rowsBefore) return { ...page, rows };
  const faults = (page.faults ?? []).filter((fault) => !fault.path.startsWith('pagination.cursor'));
  return { ...page, faults, next: recommendationsRequest({ offset: rows }), rows };
};
