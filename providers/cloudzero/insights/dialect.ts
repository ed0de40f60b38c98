import { paginate, type Reading, type ReadingFault, type Session } from '../../../src/vendor/kit/index.ts';
import { type Dialect, determineDialect, inDialect } from '../dialect.ts';
import { readPublishedInsights } from '../monitors/pages.ts';
import { publishedInsightsRequest } from '../monitors/requests.ts';
import { RowCount } from '../paging.ts';
import type { AnswerSettings } from '../settings.ts';
import { readInsightPage } from './pages.ts';
import { liveInsightsRequest } from './requests.ts';
import type { LiveInsight } from './wire.ts';

/** Reads a page of insights, which only the right dialect answers. */
export const probeInsights = async (
  session: Session,
  { baseUrl }: Pick<AnswerSettings, 'baseUrl'>,
  dialect: Dialect,
): Promise<unknown> =>
  dialect === 'live'
    ? readInsightPage((await session.call(liveInsightsRequest(null))).json, new RowCount())
    : readPublishedInsights((await session.call(publishedInsightsRequest(null))).json, new RowCount(), baseUrl);

/**
 * Determines the dialect first, where no free call tells it by a page of insights: where a dialect needs no call, a
 * wrong one would go unnoticed.
 */
export const inInsightDialect = async <T>(
  session: Session,
  settings: AnswerSettings,
  ask: (dialect: Dialect) => Promise<T>,
): Promise<T> => {
  await determineDialect(session, settings.dialect, (each) => probeInsights(session, settings, each));
  return inDialect(session, settings.dialect, ask);
};

export const readLiveInsights = async (
  session: Session,
): Promise<{ readonly insights: readonly LiveInsight[]; readonly faults: readonly ReadingFault[] }> => {
  const tally = new RowCount();
  const pages = await paginate(session, liveInsightsRequest(null), ({ json }) => readInsightPage(json, tally));
  return { insights: pages.items, faults: pages.faults.length > 0 ? pages.faults : tally.faults('pagination') };
};

export const emptyWithNote = (code: string, message: string): Reading<never> => ({
  items: [],
  notes: [{ code, message }],
  faults: [],
});
