import type { MeasuredRecord } from '../../domain/telemetry.ts';
import type { TelemetryLimits } from '../../vendor/contract/contract.ts';
import { shapeOf } from './records.ts';

/** A record and where it stood, such as the line of a file. */
export interface PlacedRecord {
  readonly record: MeasuredRecord;
  readonly place: number;
}

/** Records of one request: a JSON array, and where they stood. */
export interface DividedBatch {
  readonly json: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** What a vendor's body may have more than ours for each record, and for the whole. */
const recordMarginBytes = 96;
const bodyMarginBytes = 1_024;

interface Group {
  readonly texts: string[];
  bytes: number;
  first: number;
  last: number;
}

/** Puts records into requests that keep to the limits of a vendor: of one shape each, in the order of their arrival. */
export class BatchDivider {
  readonly #recordsMax: number;
  readonly #bytesMax: number;
  readonly #groups = new Map<string, Group>();

  constructor({ recordsMax = Number.POSITIVE_INFINITY, recordsPerSecond, bytesMax }: TelemetryLimits) {
    this.#recordsMax = Math.min(recordsMax, recordsPerSecond);
    this.#bytesMax = bytesMax - bodyMarginBytes;
  }

  /** The batch that is full before this record, if there is one. */
  add({ record, place }: PlacedRecord): DividedBatch | null {
    const text = JSON.stringify(record);
    const bytes = Buffer.byteLength(text) + recordMarginBytes;
    const shape = shapeOf(record);
    const group = this.#groups.get(shape);
    const fits = group !== undefined && group.texts.length < this.#recordsMax && group.bytes + bytes <= this.#bytesMax;
    if (fits) {
      group.texts.push(text);
      group.bytes += bytes;
      group.last = place;
      return null;
    }
    this.#groups.set(shape, { texts: [text], bytes, first: place, last: place });
    return group === undefined ? null : batchOf(group);
  }

  /** What is left. */
  end(): readonly DividedBatch[] {
    const rest = [...this.#groups.values()].map(batchOf);
    this.#groups.clear();
    return rest;
  }
}

const batchOf = ({ texts, first, last }: Group): DividedBatch => ({
  json: `[${texts.join()}]`,
  first,
  last,
  count: texts.length,
});

export const divide = (records: readonly MeasuredRecord[], limits: TelemetryLimits): readonly DividedBatch[] => {
  const divider = new BatchDivider(limits);
  const full = records.flatMap((record, place) => divider.add({ record, place }) ?? []);
  return [...full, ...divider.end()];
};
