import { z } from 'zod';
import type { Recommendation } from '../../../src/domain/nouns.ts';
import {
  decode,
  decodeItems,
  Failure,
  type Note,
  paginate,
  type Reading,
  type RecommendationSource,
  type Session,
} from '../../../src/vendor/kit/index.ts';
import { kindOfInsight } from '../anomalies/normalise.ts';
import { distinctById } from '../distinct.ts';
import { emptyWithNote, inInsightDialect, readLiveInsights } from '../insights/dialect.ts';
import { blankToNull } from '../normalise.ts';
import { RowCount } from '../paging.ts';
import type { AnswerSettings } from '../settings.ts';
import { recommendationOf, recommendationOfInsight } from './normalise.ts';
import { readRecommendationPage } from './pages.ts';
import { recommendationsRequest, recommendationTypesRequest } from './requests.ts';
import { recommendationTypeSchema, recommendationTypesSchema } from './wire.ts';

const typesMaxAgeMs = 86_400_000;
const descriptionsSchema = z.array(z.tuple([z.string(), z.string()]));

/** What each kind of recommendation is about. The reference does not have this list: where it cannot be read, nothing is missing but these texts. */
const readDescriptions = async (session: Session): Promise<{ texts: Map<string, string>; notes: Note[] }> => {
  try {
    const texts = await session.fact('recommendation-types', typesMaxAgeMs, descriptionsSchema, async () => {
      const { json } = await session.call(recommendationTypesRequest());
      const types = decode(recommendationTypesSchema, json, 'the list of recommendation types');
      const { items } = decodeItems(recommendationTypeSchema, types, 'types');
      return items.flatMap(({ id, description }): [string, string][] => {
        const text = blankToNull(description);
        return text === null ? [] : [[id, text]];
      });
    });
    return { texts: new Map(texts), notes: [] };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const message = 'CloudZero did not tell what its kinds of recommendations are about; descriptions are left out.';
    return { texts: new Map(), notes: [{ code: 'recommendation-types-unread', message }] };
  }
};

const readRecommendations = async (session: Session, currency: string): Promise<Reading<Recommendation>> => {
  const tally = new RowCount();
  let rows = 0;
  const pages = await paginate(session, recommendationsRequest({ offset: 0 }), ({ json }) => {
    const page = readRecommendationPage(json, tally, rows);
    rows = page.rows;
    return page;
  });
  const { texts, notes } = pages.items.length === 0 ? { texts: new Map(), notes: [] } : await readDescriptions(session);
  return {
    items: pages.items.map((each) => recommendationOf(each, texts, currency)),
    notes: [
      {
        code: 'recommendations-from-one',
        message:
          'CloudZero lists recommendations of at least 1.00 in 30 days; savings are what each could have saved in the last 30 days.',
      },
      ...notes,
    ],
    faults: pages.faults.length > 0 ? pages.faults : tally.faults('pagination'),
  };
};

const readTrackedWork = async (session: Session, currency: string): Promise<Reading<Recommendation>> => {
  const { insights, faults } = await readLiveInsights(session);
  const work = insights.filter((insight) => kindOfInsight(insight) !== 'anomaly');
  const message = `${work.length} insights of CloudZero are listed as well: work that is tracked there, whose savings are its cost impact.`;
  return {
    items: work.map((insight) => recommendationOfInsight(insight, currency)),
    notes: work.length === 0 ? [] : [{ code: 'insights-included', message }],
    faults,
  };
};

/** Two lists of one answer: where one cannot be read, it is a fault beside the other. */
const joined = async (lists: readonly (readonly [name: string, list: Promise<Reading<Recommendation>>])[]) => {
  const outcomes = await Promise.allSettled(lists.map(([, list]) => list));
  const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  const unexpected = failed.find((reason) => !(reason instanceof Failure));
  if (unexpected !== undefined) throw unexpected;
  if (failed.length === outcomes.length) throw failed[0];
  return outcomes.map((outcome, at): Reading<Recommendation> => {
    if (outcome.status === 'fulfilled') return outcome.value;
    const message = outcome.reason instanceof Failure ? outcome.reason.details.public : 'could not be read';
    return { items: [], notes: [], faults: [{ path: lists[at]?.[0] ?? '', message }] };
  });
};

/** What the live dialect recommends, and the insights that are tracked work there. */
export const createRecommendationSource = (settings: AnswerSettings): RecommendationSource => ({
  list: (session) =>
    inInsightDialect(session, settings, async (dialect) => {
      if (dialect === 'published') {
        return emptyWithNote(
          'published-insights-are-monitors',
          'The insights of this CloudZero organisation are monitors, not recommendations.',
        );
      }
      const readings = await joined([
        ['recommendations', readRecommendations(session, settings.currency)],
        ['insights', readTrackedWork(session, settings.currency)],
      ]);
      const { items, faults } = distinctById(
        readings.flatMap((reading) => reading.items),
        'recommendations',
      );
      return {
        items,
        notes: readings.flatMap((reading) => reading.notes),
        faults: [...readings.flatMap((reading) => reading.faults), ...faults],
      };
    }),
});
