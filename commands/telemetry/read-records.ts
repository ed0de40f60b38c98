import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { type MeasuredRecord, recordSchemaOf } from '../../src/domain/telemetry.ts';
import type { PlacedRecord } from '../../src/services/measurements/divide.ts';
import type { TelemetryKind } from '../../src/vendor/contract/contract.ts';

/** Records in a file: NDJSON with a record on each line, or CSV with a header. Lines are counted from 1. */

/** What is wrong with a line of the file. */
export class LineFault extends Error {}

const ownColumns = ['timestamp', 'granularity', 'value', 'elementName'];
/** Between several values of a filter in one CSV field. */
const valueSeparator = ';';

const recordAt = (place: number, value: unknown, kind: TelemetryKind): PlacedRecord => {
  const parsed = recordSchemaOf(kind).safeParse(value);
  if (parsed.success) return { record: parsed.data, place };
  const [issue] = parsed.error.issues;
  throw new LineFault(`line ${place}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is no record'}`);
};

async function* ndjsonRecords(file: string, kind: TelemetryKind): AsyncGenerator<PlacedRecord> {
  let place = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    place += 1;
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new LineFault(`line ${place}: is not JSON`);
    }
    yield recordAt(place, value, kind);
  }
}

const rowSchema = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }) });

/** Columns that are no field of a record are its filters, under their own names. */
const recordOf = (row: Readonly<Record<string, string>>, kind: TelemetryKind): unknown => {
  const given = Object.entries(row).filter(([, text]) => text !== '');
  const own = given.filter(([name]) => ownColumns.includes(name));
  const others = given.filter(([name]) => !ownColumns.includes(name));
  const filters =
    kind === 'unit-metric'
      ? { associatedCost: Object.fromEntries(others) }
      : { filter: Object.fromEntries(others.map(([name, text]) => [name, text.split(valueSeparator)])) };
  return { ...Object.fromEntries(own), ...(others.length === 0 ? {} : filters) } satisfies Partial<MeasuredRecord>;
};

async function* csvRecords(file: string, kind: TelemetryKind): AsyncGenerator<PlacedRecord> {
  const rows = createReadStream(file).pipe(parse({ columns: true, bom: true, info: true, skip_empty_lines: true }));
  try {
    for await (const row of rows) {
      const { record, info } = rowSchema.parse(row);
      yield recordAt(info.lines, recordOf(record, kind), kind);
    }
  } catch (thrown) {
    if (thrown instanceof LineFault || !(thrown instanceof Error)) throw thrown;
    throw new LineFault(thrown.message);
  }
}

export const readRecords = (file: string, kind: TelemetryKind): AsyncGenerator<PlacedRecord> =>
  /\.csv$/i.test(file) ? csvRecords(file, kind) : ndjsonRecords(file, kind);

export const digestOfFile = async (file: string): Promise<string> => {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file)) digest.update(chunk);
  return digest.digest('hex');
};
