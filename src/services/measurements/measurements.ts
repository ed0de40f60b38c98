import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import { instantText } from '../../domain/day.ts';
import { asFailure, Failure, type FieldFault } from '../../domain/failure/failure.ts';
import { problemPath } from '../../domain/failure/problem-kinds.ts';
import type { MeasuredRecord } from '../../domain/telemetry.ts';
import { takeTurns } from '../../domain/turns.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { TelemetryKind, TelemetryOperation, TelemetryStream } from '../../vendor/contract/contract.ts';
import type { Deliveries } from '../deliveries/deliveries.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import type { WriteAsk, WriteKind } from '../writes/kind.ts';
import type { WriteResult } from '../writes/write-result.ts';
import type { Writes } from '../writes/writes.ts';
import { deliverRecords, type ReadRecords } from './deliver.ts';
import { divide } from './divide.ts';
import { batchOf, type Measurements, measurementsSchema } from './records.ts';
import { telemetryDelivery, telemetryDeliveryName, telemetrySinkOf } from './telemetry-delivery.ts';

export interface MeasurementRequest {
  /** Absent where only one connection takes telemetry. */
  readonly connection?: string | undefined;
  readonly operation: TelemetryOperation;
  readonly records: readonly MeasuredRecord[];
}

/** Unit metrics and allocations on their way to vendors. */
export interface MeasurementService {
  /** Waits until all is sent as long as the request may take; later its state can be read. */
  send(kind: TelemetryKind, stream: string, request: MeasurementRequest, ask: WriteAsk): Promise<WriteResult>;
  get(id: string, consumer: Consumer): Promise<object>;
  /**
   * Begins to send any number of records, unless a delivery with this id was begun before. Throws a Failure that names
   * the first places with a fault; then nothing is sent.
   */
  deliver(id: string, asked: Measurements, read: ReadRecords, onChecked?: (records: number) => void): Promise<void>;
  /** How far a delivery is. Throws if there is none. */
  progress(id: string): Promise<ReturnType<typeof presentMeasurements>>;
  /** The connection that takes telemetry, of those that are named or of all. Throws where that is not one. */
  receiver(connection: string | undefined): string;
  removeStream(
    stream: TelemetryStream & { readonly connection?: string | undefined },
    ask: WriteAsk,
  ): Promise<WriteResult>;
}

export interface MeasurementServiceOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly connections: readonly Connection[];
  readonly deliveries: Deliveries;
  readonly writes: Writes;
}

const everybody: Consumer = { name: 'command', scopes: new Set(), connections: null };
const meta = { complete: true, providers: [] };

/** Where the records of each request stood. */
const factsSchema = z.object({ records: z.int(), ranges: z.array(z.tuple([z.int(), z.int()])) });
export type MeasurementFacts = z.output<typeof factsSchema>;
const noFacts: MeasurementFacts = { records: 0, ranges: [] };

export const presentMeasurements = (delivery: Delivery, asked: Measurements) => {
  const { id, state, done, total, problem, unknown, createdAt, updatedAt } = delivery;
  const { records, ranges } = factsSchema.catch(noFacts).parse(delivery.facts);
  return {
    id,
    state,
    done,
    total,
    problem: problem === null ? null : { type: problemPath(problem.kind), kind: problem.kind, detail: problem.public },
    ...asked,
    records,
    unknown: unknown.map((request) => ({ first: ranges[request]?.[0] ?? 0, last: ranges[request]?.[1] ?? 0 })),
    createdAt: instantText(createdAt),
    updatedAt: instantText(updatedAt),
  };
};

const asNotFound = (thrown: unknown): never => {
  const cause = asFailure(thrown);
  if (cause.kind !== 'vendor-not-found') throw cause;
  throw new Failure('not-found', { public: cause.details.public, effect: 'never', cause });
};

export const createMeasurementService = (options: MeasurementServiceOptions): MeasurementService => {
  const { clock, connections, deliveries, writes } = options;
  deliveries.register(telemetryDelivery(options));
  /** A stream that is removed twice is gone; nothing lists the streams. */
  const removal: WriteKind = {
    name: 'remove-telemetry-stream',
    repeatable: true,
    look: async () => 'unclear',
    affected: async () => undefined,
  };
  writes.register(removal);

  const connectionFor = (asked: string | undefined, consumer: Consumer, path: string): Connection => {
    const visible = connections.filter(({ id }) => consumer.connections?.has(id) ?? true);
    const takers = visible.filter(({ connector }) => connector.capabilities.telemetry !== undefined);
    const [only, another] = takers;
    const found =
      asked === undefined ? (another === undefined ? only : undefined) : takers.find(({ id }) => id === asked);
    if (found !== undefined) return found;
    const names = takers.map(({ id }) => id).join(', ') || 'none';
    throw new Failure('invalid-request', {
      public: 'The request is not valid: see errors.',
      errors: [{ path, message: `must be a connection that takes telemetry: ${names}` }],
      effect: 'never',
    });
  };

  const refuse = (faults: readonly FieldFault[], prefix: string): void => {
    if (faults.length === 0) return;
    const errors = faults.map(({ path, message }) => ({
      path: path === 'stream' ? 'path.stream' : `${prefix}${path}`,
      message,
    }));
    throw new Failure('invalid-request', { public: 'The records are not valid: see errors.', errors, effect: 'never' });
  };

  return {
    send: async (kind, stream, { connection: wanted, operation, records }, ask) => {
      const connection = connectionFor(wanted, ask.consumer, 'body.connection');
      const sink = telemetrySinkOf(connection);
      const asked: Measurements = { connection: connection.id, kind, stream, operation };
      const faults = await sink.faultsOf(batchOf(asked, records), takeTurns(clock, { signal: ask.signal }));
      // Too many bytes for one call are divided.
      refuse(
        faults.filter(({ path }) => path !== 'records' || records.length === 0),
        'body.',
      );
      const batches = divide(records, sink.limits);
      const facts: MeasurementFacts = {
        records: records.length,
        ranges: batches.map(({ first, last }) => [first, last]),
      };
      const { id } = ask.ticket.asked;
      await deliveries.begin({
        id,
        kind: telemetryDeliveryName,
        about: asked,
        batches: batches.map(({ json }) => json),
        facts: () => facts,
      });
      const delivery = await deliveries.waitFor(id, ask);
      const body = { data: presentMeasurements(delivery, asked), meta };
      return delivery.state === 'done' ? { done: 'changed', body } : { done: 'accepted', id, body };
    },
    get: async (id, consumer) => {
      const delivery = await deliveries.read(id);
      const asked = measurementsSchema.safeParse(delivery?.about).data;
      const isVisible = consumer.connections?.has(asked?.connection ?? '') ?? true;
      if (delivery === null || asked === undefined || !isVisible)
        throw new Failure('not-found', { public: 'There is no such delivery. Deliveries are kept for 30 days.' });
      return { data: presentMeasurements(delivery, asked), meta };
    },
    deliver: (id, asked, read, onChecked = () => {}) => {
      const sink = telemetrySinkOf(connectionFor(asked.connection, everybody, 'connection'));
      return deliverRecords({ id, asked, read, onChecked, sink, deliveries, turns: takeTurns(clock) });
    },
    progress: async (id) => {
      const delivery = await deliveries.read(id);
      if (delivery === null) throw new TypeError(`the delivery ${id} is not stored`);
      return presentMeasurements(delivery, measurementsSchema.parse(delivery.about));
    },
    receiver: (connection) => connectionFor(connection, everybody, 'connection').id,
    removeStream: async ({ connection: wanted, kind, stream }, ask) => {
      const connection = connectionFor(wanted, ask.consumer, 'query.connection');
      const { remove } = telemetrySinkOf(connection);
      if (remove === undefined)
        throw new Failure('capability-unsupported', {
          public: `${connection.title} removes no streams.`,
          effect: 'never',
        });
      return writes.perform(
        {
          kind: removal,
          connection,
          subject: { kind, stream },
          turn: null,
          deduplicates: remove.deduplicates === true,
          send: async (session, key) => {
            await remove.send(session, { kind, stream }, key).catch(asNotFound);
            return { done: 'removed' };
          },
        },
        ask,
      );
    },
  };
};
