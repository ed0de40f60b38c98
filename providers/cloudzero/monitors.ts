import { isDimension } from '../../src/domain/dimension.ts';
import type { Monitor, MonitorInput } from '../../src/domain/nouns.ts';
import {
  beforeEffect,
  cannotBeHeld,
  decode,
  Failure,
  type MonitorSource,
  type Session,
  type VendorRequest,
} from '../../src/vendor/kit/index.ts';
import type { DimensionIndex } from './dimensions.ts';
import { dialectOfInsights, type InsightSettings, indexFor, listMonitors } from './insights.ts';
import { insightBodyOf, insightSensitivity, matchesMonitor, monitorOf } from './normalise-insights.ts';
import { writtenInsightSchema } from './wire-insights.ts';
import { writeOnce } from './write-once.ts';
import { createInsight, deleteInsight, type InsightBody, updateInsight } from './write-requests.ts';

const onlyRecommendations =
  'The insights of this CloudZero organisation are recommendations: there is nothing in it that could be told to watch.';

const cannotHold = (input: MonitorInput, settings: InsightSettings): string | null => {
  if (settings.dialect === 'live') return onlyRecommendations;
  if (input.sensitivity !== insightSensitivity) {
    return `A CloudZero insight has no sensitivity of its own: only ${insightSensitivity} can be kept.`;
  }
  if (input.minImpact !== null) return 'A CloudZero insight has no minimum impact: it has to be left out.';
  const stranger = [...Object.keys(input.filters), ...input.groupBy].find((key) => !isDimension(key));
  return stranger === undefined
    ? null
    : `CloudZero filters and groups insights by its dimensions: account, service, region, category, resource or tag:<key>, but not ${stranger.slice(0, 100)}.`;
};

const ready = (session: Session, settings: InsightSettings, input: MonitorInput) =>
  beforeEffect(async (): Promise<{ body: InsightBody; index: DimensionIndex | null }> => {
    if ((await dialectOfInsights(session, settings)) === 'live') throw cannotBeHeld(onlyRecommendations);
    const index = await indexFor(session);
    const body = insightBodyOf(input, index);
    if (typeof body !== 'string') return { body, index };
    throw cannotBeHeld(
      index === null
        ? `It is not known which CloudZero dimension ${body.slice(0, 100)} is, because the API key lacks the scope billing:read_dimensions. Account, service and region can be used.`
        : `The CloudZero organisation has no dimension ${body.slice(0, 100)}.`,
    );
  });

const write = (session: Session, request: VendorRequest, index: DimensionIndex | null): Promise<Monitor> =>
  writeOnce(session, request, ({ json }) => {
    const outcome = monitorOf(decode(writtenInsightSchema, json, 'the change of an insight'), index);
    if (outcome.kind === 'monitor') return outcome.monitor;
    throw new Failure('vendor-malformed', {
      public: 'CloudZero answered the change of an insight with one that cannot be read.',
    });
  });

/** Insights of the published dialect. In the live one there is nothing to list, and nothing is ever sent. */
export const monitorSource = (settings: InsightSettings): MonitorSource => ({
  list: (session) => listMonitors(session, settings),
  writes: {
    cannotHold: (input) => cannotHold(input, settings),
    matches: matchesMonitor,
    create: {
      deduplicates: true,
      send: async (session, { input }, key) => {
        const { body, index } = await ready(session, settings, input);
        return write(session, createInsight(body, key), index);
      },
    },
    replace: {
      deduplicates: true,
      send: async (session, { nativeId, input }, key) => {
        const { body, index } = await ready(session, settings, input);
        return write(session, updateInsight(nativeId, body, key), index);
      },
    },
    remove: {
      deduplicates: true,
      send: async (session, { nativeId }, key) => {
        await beforeEffect(async () => {
          if ((await dialectOfInsights(session, settings)) === 'live') throw cannotBeHeld(onlyRecommendations);
        });
        return writeOnce(session, deleteInsight(nativeId, key), () => null);
      },
    },
  },
});
