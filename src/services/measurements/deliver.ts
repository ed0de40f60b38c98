import { Failure, type FieldFault } from '../../domain/failure/failure.ts';
import type { Turns } from '../../domain/turns.ts';
import type { TelemetrySink } from '../../vendor/contract/contract.ts';
import type { Deliveries } from '../deliveries/deliveries.ts';
import { BatchDivider, type DividedBatch, type PlacedRecord } from './divide.ts';
import { batchOf, type Measurements } from './records.ts';
import { telemetryDeliveryName } from './telemetry-delivery.ts';

/** Records as they are read from somewhere, as often as they are asked for. */
export type ReadRecords = () => AsyncIterable<PlacedRecord>;

export interface DeliverOptions {
  readonly id: string;
  readonly asked: Measurements;
  readonly read: ReadRecords;
  readonly onChecked: (records: number) => void;
  readonly sink: TelemetrySink;
  readonly deliveries: Deliveries;
  readonly turns: Turns;
}

const faultsMax = 20;

async function* batchesIn(read: ReadRecords, sink: TelemetrySink): AsyncGenerator<DividedBatch> {
  const divider = new BatchDivider(sink.limits);
  for await (const placed of read()) {
    const full = divider.add(placed);
    if (full !== null) yield full;
  }
  yield* divider.end();
}

/** Reads all records twice: once to check them, and once to store them as requests. */
export const deliverRecords = async (options: DeliverOptions): Promise<void> => {
  const { id, asked, read, onChecked, sink, deliveries, turns } = options;
  const faults: FieldFault[] = [];
  let records = 0;
  for await (const { json, first, count } of batchesIn(read, sink)) {
    const found = await sink.faultsOf(batchOf(asked, JSON.parse(json)), turns);
    faults.push(...found.map(({ path, message }) => ({ path: `from ${first}: ${path}`, message })));
    records += count;
    onChecked(records);
    if (faults.length >= faultsMax) break;
  }
  if (records === 0) faults.push({ path: 'records', message: 'there are none' });
  if (faults.length > 0)
    throw new Failure('invalid-request', {
      public: 'The records are not valid, and nothing was sent.',
      errors: faults.slice(0, faultsMax),
      effect: 'never',
    });
  const ranges: [number, number][] = [];
  async function* stored(): AsyncGenerator<string> {
    for await (const { json, first, last } of batchesIn(read, sink)) {
      ranges.push([first, last]);
      yield json;
    }
  }
  const facts = () => ({ records, ranges });
  await deliveries.begin({ id, kind: telemetryDeliveryName, about: asked, batches: stored(), facts });
};
