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
import type { DimensionIndex } from '../dimensions.ts';
import { dialectOfInsights, indexFor } from '../insights.ts';
import type { AnswerSettings } from '../settings.ts';
import { writeOnce } from '../write-once.ts';
import { insightBodyOf, insightSensitivity, matchesMonitor, monitorOf } from './normalise.ts';
import { createInsightRequest, deleteInsightRequest, type InsightBody, updateInsightRequest } from './requests.ts';
import { writtenInsightSchema } from './wire.ts';

const onlyRecommendations =
  'The insights of this CloudZero organisation are recommendations: it has no monitors that could be changed.';

const cannotHold = (input: MonitorInput, settings: AnswerSettings): string | null => {
  if (settings.dialect === 'live') return onlyRecommendations;
  if (input.sensitivity !== insightSensitivity) {
    return `A CloudZero insight has no sensitivity of its own: only ${insightSensitivity} can be kept.`;
  }
  if (input.minImpact !== null) return 'A CloudZero insight has no minimum impact: it has to be left out.';
  const unknownKey = [...Object.keys(input.filters), ...input.groupBy].find((key) => !isDimension(key));
  return unknownKey === undefined
    ? null
    : `CloudZero filters and groups insights by its dimensions: account, service, region, category, resource or tag:<key>, but not ${unknownKey.slice(0, 100)}.`;
};

const prepareWrite = (session: Session, settings: AnswerSettings, input: MonitorInput) =>
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

export const createMonitorWrites = (settings: AnswerSettings): MonitorWrites => ({
  cannotHold: (input) => cannotHold(input, settings),
  matches: matchesMonitor,
  create: {
    deduplicates: false,
    send: async (session, { input }) => {
      const { body, index } = await prepareWrite(session, settings, input);
      return write(session, createInsightRequest(body), index);
    },
  },
  replace: {
    deduplicates: false,
    send: async (session, { nativeId, input }) => {
      const { body, index } = await prepareWrite(session, settings, input);
      return write(session, updateInsightRequest(nativeId, body), index);
    },
  },
  remove: {
    deduplicates: false,
    send: async (session, { nativeId }) => {
      await beforeEffect(async () => {
        if ((await dialectOfInsights(session, settings)) === 'live') throw cannotBeHeld(onlyRecommendations);
      });
      return writeOnce(session, deleteInsightRequest(nativeId), () => null);
    },
  },
});
