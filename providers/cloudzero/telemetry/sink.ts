import {
  beforeEffect,
  cannotBeHeld,
  Failure,
  type Session,
  type TelemetrySink,
} from '../../../src/vendor/kit/index.ts';
import { type Dialect, determineDialect } from '../dialect.ts';
import { probeInsights } from '../insights/dialect.ts';
import type { AnswerSettings } from '../settings.ts';
import { writeOnce } from '../write-once.ts';
import { refusedByPublished } from './bodies.ts';
import { bytesMax, telemetryFaults } from './faults.ts';
import {
  liveTelemetryRequest,
  publishedTelemetryRequest,
  removeLiveStreamRequest,
  removePublishedStreamRequest,
} from './requests.ts';

/** No 404 is documented. All that is sent is the name of a stream, so a refusal means that there is none. */
const asNotFound = (thrown: unknown): never => {
  if (!(thrown instanceof Failure) || thrown.kind !== 'vendor-rejected') throw thrown;
  throw new Failure('vendor-not-found', { ...thrown.details, public: 'CloudZero has no such stream.' });
};

export const createTelemetrySink = (
  settings: Pick<AnswerSettings, 'baseUrl' | 'dialect' | 'telemetryRecordsPerSecond'>,
): TelemetrySink => {
  /** Refuses what the dialect cannot say; `refusal` is asked for the published one. */
  const dialectFor = (session: Session, refusal: () => string | null): Promise<Dialect> =>
    beforeEffect(async () => {
      const dialect = await determineDialect(session, settings.dialect, (each) =>
        probeInsights(session, settings, each),
      );
      const reason = dialect === 'published' ? refusal() : null;
      if (reason !== null) throw cannotBeHeld(reason);
      return dialect;
    });

  return {
    kinds: ['unit-metric', 'allocation'],
    limits: { bytesMax, recordsPerSecond: settings.telemetryRecordsPerSecond },
    faultsOf: (batch, turns) => telemetryFaults(batch, settings.dialect, turns),
    repeatable: ['replace', 'delete'],
    send: {
      // Neither document has an idempotency key for telemetry.
      deduplicates: false,
      send: async (session, batch) => {
        const dialect = await dialectFor(session, () => refusedByPublished(batch));
        const request = dialect === 'live' ? liveTelemetryRequest(batch) : publishedTelemetryRequest(batch);
        return writeOnce(session, request, () => null);
      },
    },
    remove: {
      deduplicates: false,
      send: async (session, stream) => {
        const dialect = await dialectFor(session, () =>
          stream.kind === 'unit-metric' ? null : 'This CloudZero organisation removes streams of unit metrics only.',
        );
        const request = dialect === 'live' ? removeLiveStreamRequest(stream) : removePublishedStreamRequest(stream);
        return writeOnce(session, request, () => null).catch(asNotFound);
      },
    },
  };
};
