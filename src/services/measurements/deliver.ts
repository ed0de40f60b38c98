import { Failure, type FieldFault } from '../../domain/failure/failure.ts';
import type { Turns } from '../../domain/turns.ts';
import type { TelemetrySink } from '../../vendor/contract/contract.ts';
import type { Deliveries } from '../deliveries/deliveries.ts';
import { BatchDivider, type DividedBatch, type PlacedRecord } from './divide.ts';
import { batchOf, type Measurements } from './records.ts';
import { telemetryDeliveryName } from './telemetry-delivery.ts';

export interface DeliverOptions {
  readonly id: string;
  readonly asked: Measurements;
  readonly records: AsyncIterable<PlacedRecord>;
  /** Told how many records have been read. */
  readonly onRead: (records: number) => void;
  readonly sink: TelemetrySink;
  readonly deliveries: Deliveries;
  readonly turns: Turns;
}

const faultsMax = 20;

async function* batchesIn(records: AsyncIterable<PlacedRecord>, sink: TelemetrySink): AsyncGenerator<DividedBatch> {
  const divider = new BatchDivider(sink.limits);
  for await (const placed of records) {
    const full = divider.add(placed);
    if (full !== null) yield full;
  }
  yield* divider.end();
}

const refused = (errors: readonly FieldFault[]): Failure =>
  new Failure('invalid-request', {
    public: 'The records are not valid, and nothing was sent.',
    errors: errors.slice(0, faultsMax),
    effect: 'never',
  });

/** Checks and stores any number of records as they are read. The first is sent when the last is stored. */
export const deliverRecords = async (options: DeliverOptions): Promise<void> => {
  const { id, asked, records, onRead, sink, deliveries, turns } = options;
  const ranges: [number, number][] = [];
  let read = 0;
  async function* checked(): AsyncGenerator<string> {
    const faults: FieldFault[] = [];
    for await (const { json, first, last, count } of batchesIn(records, sink)) {
      const found = await sink.faultsOf(batchOf(asked, JSON.parse(json)), turns);
      faults.push(...found.map(({ path, message }) => ({ path: `from line ${first}: ${path}`, message })));
      if (faults.length >= faultsMax) break;
      read += count;
      onRead(read);
      ranges.push([first, last]);
      if (faults.length === 0) yield json;
    }
    if (read === 0 && faults.length === 0) faults.push({ path: 'records', message: 'there are none' });
    if (faults.length > 0) throw refused(faults);
  }
  const facts = () => ({ records: read, ranges });
  await deliveries.begin({ id, kind: telemetryDeliveryName, about: asked, batches: checked(), facts });
};
