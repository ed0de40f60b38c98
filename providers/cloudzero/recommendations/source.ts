import { paginate, type RecommendationSource } from '../../../src/vendor/kit/index.ts';
import { distinctById } from '../distinct.ts';
import { emptyWithNote, inInsightDialect } from '../insights.ts';
import { RowCount } from '../paging.ts';
import type { AnswerSettings } from '../settings.ts';
import { recommendationOf } from './normalise.ts';
import { readLiveInsights } from './pages.ts';
import { liveInsightsRequest } from './requests.ts';

export const createRecommendationSource = (settings: AnswerSettings): RecommendationSource => ({
  list: (session) =>
    inInsightDialect(session, settings, async (dialect) => {
      if (dialect === 'published') {
        return emptyWithNote(
          'published-insights-are-monitors',
          'The insights of this CloudZero organisation are monitors, not recommendations.',
        );
      }
      const tally = new RowCount();
      const pages = await paginate(session, liveInsightsRequest(null), (reply) => readLiveInsights(reply.json, tally));
      const { items, faults } = distinctById(
        pages.items.map((insight) => recommendationOf(insight, settings.currency)),
        'insights',
      );
      const walked = pages.faults.length > 0 ? pages.faults : tally.faults('pagination');
      return { items, notes: [], faults: [...walked, ...faults] };
    }),
});
