import { isDimension } from '../../../src/domain/dimension.ts';
import type { Monitor, MonitorInput } from '../../../src/domain/nouns.ts';
import {
  beforeEffect,
  cannotBeHeld,
  decode,
  Failure,
  type MonitorWrites,
  type Session,
  type VendorRequest,
} from '../../../src/vendor/kit/index.ts';
import { type Dialect, determineDialect } from '../dialect.ts';
import { indexFor } from '../dimension-index.ts';
import type { DimensionIndex } from '../dimensions.ts';
import { RowCount } from '../paging.ts';
import type { AnswerSettings } from '../settings.ts';
import { refusedByView, viewBodyOf, viewMonitor } from '../views/normalise.ts';
import { readViews } from '../views/pages.ts';
import {
  createViewRequest,
  deleteViewRequest,
  oneViewRequest,
  updateViewRequest,
  viewsRequest,
} from '../views/requests.ts';
import { oneViewSchema, standingAnomaliesSchema } from '../views/wire.ts';
import { writeOnce } from '../write-once.ts';
import { refusedCloud } from './filters.ts';
import { insightBodyOf, insightSensitivity, matchesMonitor, monitorOf } from './normalise.ts';
import { readPublishedInsights } from './pages.ts';
import {
  createInsightRequest,
  deleteInsightRequest,
  publishedInsightsRequest,
  updateInsightRequest,
} from './requests.ts';
import { writtenInsightSchema } from './wire.ts';

/** Why a published insight cannot hold the monitor, or null. */
const refusedByInsight = (input: MonitorInput): string | null => {
  if (input.sensitivity !== insightSensitivity) {
    return `A CloudZero insight has no sensitivity of its own: only ${insightSensitivity} can be kept.`;
  }
  if (input.minImpact !== null) return 'A CloudZero insight has no minimum impact: it has to be left out.';
  const unknownKey = [...Object.keys(input.filters), ...input.groupBy].find((key) => !isDimension(key));
  return unknownKey === undefined
    ? null
    : `CloudZero filters and groups insights by its dimensions: account, service, region, category, resource or tag:<key>, but not ${unknownKey.slice(0, 100)}.`;
};

const refusedIn = (dialect: Dialect, input: MonitorInput, currency: string): string | null =>
  refusedCloud(input) ?? (dialect === 'live' ? refusedByView(input, currency) : refusedByInsight(input));

const unreadable = (): Failure =>
  new Failure('vendor-malformed', {
    public: 'CloudZero answered the change of a monitor with one that cannot be read.',
  });

/** The body, or a refusal that names the dimension that is not known. */
const bodyOrRefusal = <Body>(body: Body | string, index: DimensionIndex | null): Body => {
  if (typeof body !== 'string') return body;
  throw cannotBeHeld(
    index === null
      ? `It is not known which CloudZero dimension ${body.slice(0, 100)} is, because the API key lacks the scope billing:read_dimensions. Account, service and region can be used.`
      : `The CloudZero organisation has no dimension ${body.slice(0, 100)}.`,
  );
};

export const createMonitorWrites = (settings: AnswerSettings): MonitorWrites => {
  const { currency } = settings;

  /** Where no free call tells the dialect, a page of views or insights does. */
  const dialectFor = (session: Session): Promise<Dialect> =>
    determineDialect(session, settings.dialect, async (each) =>
      each === 'live'
        ? readViews((await session.call(viewsRequest(null))).json, new RowCount())
        : readPublishedInsights(
            (await session.call(publishedInsightsRequest(null))).json,
            new RowCount(),
            settings.baseUrl,
          ),
    );

  const prepare = (session: Session, input: MonitorInput) =>
    beforeEffect(async () => {
      const dialect = await dialectFor(session);
      const reason = refusedIn(dialect, input, currency);
      if (reason !== null) throw cannotBeHeld(reason);
      return { dialect, index: await indexFor(session) };
    });

  const writeView = (session: Session, request: VendorRequest, index: DimensionIndex | null): Promise<Monitor> =>
    writeOnce(session, request, ({ json }) => {
      const outcome = viewMonitor(decode(oneViewSchema, json, 'the change of a view'), index, currency);
      if (outcome.kind === 'monitor') return outcome.monitor;
      throw unreadable();
    });

  const writeInsight = (session: Session, request: VendorRequest, index: DimensionIndex | null): Promise<Monitor> =>
    writeOnce(session, request, ({ json }) => {
      const outcome = monitorOf(decode(writtenInsightSchema, json, 'the change of an insight'), index);
      if (outcome.kind === 'monitor') return outcome.monitor;
      throw unreadable();
    });

  const insightBody = (input: MonitorInput, index: DimensionIndex | null) =>
    beforeEffect(async () => bodyOrRefusal(insightBodyOf(input, index), index));

  /** Only the live dialect documents an idempotency key. */
  const deduplicates = async (session: Session): Promise<boolean> => (await dialectFor(session)) === 'live';

  return {
    cannotHold: (input) => (settings.dialect === 'auto' ? null : refusedIn(settings.dialect, input, currency)),
    matches: matchesMonitor,
    create: {
      deduplicates,
      send: async (session, { input }, key) => {
        const { dialect, index } = await prepare(session, input);
        if (dialect === 'published') {
          return writeInsight(session, createInsightRequest(await insightBody(input, index)), index);
        }
        const body = await beforeEffect(async () => bodyOrRefusal(viewBodyOf(input, index, {}), index));
        return writeView(session, createViewRequest(body, key), index);
      },
    },
    replace: {
      deduplicates,
      send: async (session, { nativeId, input }, key) => {
        const { dialect, index } = await prepare(session, input);
        if (dialect === 'published') {
          return writeInsight(session, updateInsightRequest(nativeId, await insightBody(input, index)), index);
        }
        const body = await beforeEffect(async () => {
          const { json } = await session.call(oneViewRequest(nativeId));
          const { anomalies } = decode(standingAnomaliesSchema, json, 'the view as it was');
          return bodyOrRefusal(viewBodyOf(input, index, anomalies), index);
        });
        return writeView(session, updateViewRequest(nativeId, body, key), index);
      },
    },
    remove: {
      deduplicates,
      send: async (session, { nativeId }, key) => {
        const dialect = await beforeEffect(() => dialectFor(session));
        const request = dialect === 'live' ? deleteViewRequest(nativeId, key) : deleteInsightRequest(nativeId);
        return writeOnce(session, request, () => null);
      },
    },
  };
};
