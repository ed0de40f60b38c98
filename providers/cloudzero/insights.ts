import type { Monitor } from '../../src/domain/nouns.ts';
import {
  decodeItems,
  type Note,
  type Page,
  paginate,
  type Reading,
  type ReadingFault,
  type RecommendationSource,
  type Session,
} from '../../src/vendor/kit/index.ts';
import {
  type Dialect,
  type DialectSetting,
  decodeEnvelope,
  inDialect,
  permittedDimensionList,
  settledDialect,
} from './dialect.ts';
import { type DimensionIndex, indexDimensions } from './dimensions.ts';
import { monitorOf, recommendationOf } from './normalise-insights.ts';
import { liveNext, publishedNext, summarise, Tally } from './pages.ts';
import { liveInsightsRequest, publishedInsightsRequest } from './requests.ts';
import {
  type LiveInsight,
  liveInsightSchema,
  liveInsightsSchema,
  type PublishedInsight,
  publishedInsightSchema,
  publishedInsightsSchema,
} from './wire-insights.ts';

const what = 'the insight list';

export interface InsightSettings {
  readonly baseUrl: string;
  readonly currency: string;
  readonly dialect: DialectSetting;
}

const livePage = (json: unknown, tally: Tally): Page<LiveInsight> => {
  const envelope = decodeEnvelope(liveInsightsSchema, json, what, { own: 'insights', other: 'data' });
  tally.page(envelope.insights.length, envelope.pagination?.total_count);
  const { items, faults } = decodeItems(liveInsightSchema, envelope.insights, 'insights');
  const next = liveNext(envelope.pagination);
  return {
    items,
    faults: [...summarise(faults, 'insights'), ...next.faults],
    next: next.cursor === null ? null : liveInsightsRequest(next.cursor),
  };
};

const publishedPage = (json: unknown, tally: Tally, baseUrl: string): Page<PublishedInsight> => {
  const envelope = decodeEnvelope(publishedInsightsSchema, json, what, { own: 'data', other: 'insights' });
  tally.page(envelope.data.length, envelope.pagination?.total);
  const { items, faults } = decodeItems(publishedInsightSchema, envelope.data, 'data');
  const next = publishedNext(envelope.pagination, baseUrl);
  return {
    items,
    faults: [...summarise(faults, 'data'), ...next.faults],
    next: next.link === null ? null : publishedInsightsRequest(next.link),
  };
};

/** Which dialect is spoken; insights themselves tell, where nothing else does. */
export const dialectOfInsights = (session: Session, { dialect, baseUrl }: InsightSettings) =>
  settledDialect(session, dialect, async (each) =>
    each === 'live'
      ? livePage((await session.call(liveInsightsRequest(null))).json, new Tally())
      : publishedPage((await session.call(publishedInsightsRequest(null))).json, new Tally(), baseUrl),
  );

/** Null where the key may not read the dimensions. */
export const indexFor = async (session: Session): Promise<DimensionIndex | null> => {
  const list = await permittedDimensionList(session);
  return list === null ? null : indexDimensions(list.dimensions);
};

const noteOf = (code: string, message: string): Reading<never> => ({
  items: [],
  notes: [{ code, message }],
  faults: [],
});

/** Each id once; the same id with other content is named. */
const distinct = <Item extends { readonly nativeId: string }>(items: readonly Item[]) => {
  const kept = new Map<string, Item>();
  const faults: ReadingFault[] = [];
  for (const item of items) {
    const before = kept.get(item.nativeId);
    if (before === undefined) kept.set(item.nativeId, item);
    else if (JSON.stringify(before) !== JSON.stringify(item)) {
      faults.push({ path: `insights(id=${item.nativeId})`, message: 'came twice and differs; the first is kept' });
    }
  }
  return { items: [...kept.values()], faults };
};

/** A dialect in which nothing is asked cannot be found wrong: it is settled before. */
const askSettled = async <T>(
  session: Session,
  settings: InsightSettings,
  ask: (dialect: Dialect) => Promise<T>,
): Promise<T> => {
  await dialectOfInsights(session, settings);
  return inDialect(session, settings.dialect, ask);
};

export const recommendationSource = (settings: InsightSettings): RecommendationSource => ({
  list: (session) =>
    askSettled(session, settings, async (dialect) => {
      if (dialect === 'published') {
        return noteOf(
          'published-insights-are-monitors',
          'The insights of this CloudZero organisation are what is being watched; they recommend nothing.',
        );
      }
      const tally = new Tally();
      const pages = await paginate(session, liveInsightsRequest(null), (reply) => livePage(reply.json, tally));
      const { items, faults } = distinct(pages.items.map((insight) => recommendationOf(insight, settings.currency)));
      const walked = pages.faults.length > 0 ? pages.faults : tally.faults('pagination');
      return { items, notes: [], faults: [...walked, ...faults] };
    }),
});

const publishedMonitors = async (session: Session, baseUrl: string): Promise<Reading<Monitor>> => {
  const tally = new Tally();
  const pages = await paginate(session, publishedInsightsRequest(null), (reply) =>
    publishedPage(reply.json, tally, baseUrl),
  );
  const index = await indexFor(session);
  const outcomes = pages.items.map((insight) => monitorOf(insight, index));
  const { items, faults } = distinct(
    outcomes.flatMap((outcome) => (outcome.kind === 'monitor' ? [outcome.monitor] : [])),
  );
  const left = outcomes.filter((outcome) => outcome.kind === 'inexpressible').length;
  const notes: Note[] = [];
  if (items.length > 0) {
    notes.push({
      code: 'sensitivity-unknown',
      message: 'CloudZero tells no sensitivity of an insight; medium stands for it.',
    });
  }
  if (left > 0) {
    notes.push({
      code: 'insight-inexpressible',
      message: `${left} CloudZero insights have filters that no monitor here can say; they are not listed.`,
    });
  }
  const walked = pages.faults.length > 0 ? pages.faults : tally.faults('pagination');
  return { items, notes, faults: [...walked, ...faults] };
};

export const listMonitors = (session: Session, settings: InsightSettings): Promise<Reading<Monitor>> =>
  askSettled(session, settings, async (dialect) =>
    dialect === 'published'
      ? publishedMonitors(session, settings.baseUrl)
      : noteOf(
          'live-insights-are-recommendations',
          'The insights of this CloudZero organisation are recommendations; nothing in it tells what is being watched.',
        ),
  );
