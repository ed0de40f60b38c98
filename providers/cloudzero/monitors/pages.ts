import type { Page } from '../../../src/vendor/kit/index.ts';
import { type RowCount, readPublishedPage } from '../paging.ts';
import { publishedInsightsRequest } from './requests.ts';
import { type PublishedInsight, publishedInsightSchema } from './wire.ts';

const list = {
  what: 'the insight list',
  liveKey: 'insights',
  rowSchema: publishedInsightSchema,
  nextRequest: publishedInsightsRequest,
} as const;

export const readPublishedInsights = (json: unknown, tally: RowCount, baseUrl: string): Page<PublishedInsight> =>
  readPublishedPage(json, list, tally, baseUrl);
