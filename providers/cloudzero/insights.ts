import type { Reading, Session } from '../../src/vendor/kit/index.ts';
import { type Dialect, determineDialect, inDialect, permittedDimensionList } from './dialect.ts';
import { type DimensionIndex, indexDimensions } from './dimensions.ts';
import { readPublishedInsights } from './monitors/pages.ts';
import { publishedInsightsRequest } from './monitors/requests.ts';
import { RowCount } from './paging.ts';
import { readLiveInsights } from './recommendations/pages.ts';
import { liveInsightsRequest } from './recommendations/requests.ts';
import type { AnswerSettings } from './settings.ts';

/** The dialect of the API; where no free call tells it, a page of insights does. */
export const dialectOfInsights = (session: Session, { dialect, baseUrl }: AnswerSettings) =>
  determineDialect(session, dialect, async (each) =>
    each === 'live'
      ? readLiveInsights((await session.call(liveInsightsRequest(null))).json, new RowCount())
      : readPublishedInsights((await session.call(publishedInsightsRequest(null))).json, new RowCount(), baseUrl),
  );

/** Determines the dialect first: where a dialect needs no call, a wrong one would go unnoticed. */
export const inInsightDialect = async <T>(
  session: Session,
  settings: AnswerSettings,
  ask: (dialect: Dialect) => Promise<T>,
): Promise<T> => {
  await dialectOfInsights(session, settings);
  return inDialect(session, settings.dialect, ask);
};

/** Null where the key may not read the dimensions. */
export const indexFor = async (session: Session): Promise<DimensionIndex | null> => {
  const list = await permittedDimensionList(session);
  return list === null ? null : indexDimensions(list.dimensions);
};

export const emptyWithNote = (code: string, message: string): Reading<never> => ({
  items: [],
  notes: [{ code, message }],
  faults: [],
});
