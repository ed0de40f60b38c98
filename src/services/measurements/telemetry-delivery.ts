import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { TelemetrySink } from '../../vendor/contract/contract.ts';
import type { DeliveryKind } from '../deliveries/kind.ts';
import { batchOf, type Measurements, measurementsSchema } from './records.ts';

export interface TelemetryDeliveryOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly connections: readonly Connection[];
}

export const telemetryDeliveryName = 'telemetry';

const sendMsMax = 60_000;
const secondMs = 1_000;
const paceMsMin = 5;
const recordsSchema = z.array(z.unknown());

export const telemetrySinkOf = (connection: Connection): TelemetrySink => {
  const sink = connection.connector.capabilities.telemetry;
  if (sink !== undefined) return sink;
  throw new Failure('capability-unsupported', { public: `${connection.title} takes no telemetry.`, effect: 'never' });
};

/** How measurements are sent: at the pace that the vendor allows over all replicas. */
export const telemetryDelivery = ({
  clock,
  store,
  connections,
}: TelemetryDeliveryOptions): DeliveryKind<Measurements> => {
  const connectionOf = ({ connection }: Measurements): Connection => {
    const found = connections.find(({ id }) => id === connection);
    if (found !== undefined) return found;
    throw new Failure('not-found', { public: `There is no connection ${connection} any more.`, effect: 'never' });
  };
  return {
    name: telemetryDeliveryName,
    about: measurementsSchema,
    unanswered: 'is-reported',
    pace: async (asked, batch, { signal }) => {
      const connection = connectionOf(asked);
      const { recordsPerSecond } = telemetrySinkOf(connection).limits;
      const count = recordsSchema.parse(JSON.parse(batch)).length;
      const window = { limit: recordsPerSecond, windowMs: secondMs };
      for (;;) {
        const draw = await store.draw(
          `telemetry/1/${connection.storageKey}`,
          window,
          Math.min(count, recordsPerSecond),
        );
        if (draw.granted) return;
        await clock.sleep(Math.max(draw.freeInMs, paceMsMin), signal);
      }
    },
    send: async (asked, batch, key) => {
      const connection = connectionOf(asked);
      const session = connection.session({ purpose: 'dashboard', deadline: clock.monotonic() + sendMsMax });
      const records = recordsSchema.parse(JSON.parse(batch));
      await telemetrySinkOf(connection).send.send(session, batchOf(asked, records), key);
      return null;
    },
    isRepeatable: async (asked) => {
      const connection = connectionOf(asked);
      const sink = telemetrySinkOf(connection);
      if (sink.repeatable.includes(asked.operation)) return true;
      const { deduplicates } = sink.send;
      if (typeof deduplicates === 'boolean') return deduplicates;
      return deduplicates(connection.session({ purpose: 'dashboard', deadline: clock.monotonic() + sendMsMax }));
    },
    lane: (asked) => `${connectionOf(asked).storageKey}/telemetry/${asked.kind}/${encodeURIComponent(asked.stream)}`,
  };
};
