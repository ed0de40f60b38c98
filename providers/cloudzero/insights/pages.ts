import type { Page } from '../../../src/vendor/kit/index.ts';
import { type RowCount, readLivePage } from '../paging.ts';
import { liveInsightsRequest } from './requests.ts';
import { type LiveInsight, liveInsightSchema } from './wire.ts';

const list = {
  what: 'the insight list',
  liveKey: 'insights',
  rowSchema: liveInsightSchema,
  nextRequest: liveInsightsRequest,
} as const;

export const readInsightPage = (json: unknown, tally: RowCount): Page<LiveInsight> => readLivePage(json, list, tally);
