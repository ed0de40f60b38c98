import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { Failure } from '../../src/domain/failure/failure.ts';
import { linesOf } from '../../src/domain/lines.ts';
import type { MeasuredRecord } from '../../src/domain/telemetry.ts';
import type { PlacedRecord } from '../../src/services/measurements/divide.ts';
import { recordAt, recordsOfLines } from '../../src/services/measurements/read-lines.ts';
import type { TelemetryKind } from '../../src/vendor/contract/contract.ts';

/** Records in a file: NDJSON with a record on each line, or CSV with a header. Lines are counted from 1. */

/** What is wrong with the file as a whole. */
export class FileFault extends Error {}

const ownColumns = ['timestamp', 'granularity', 'value', 'elementName'];
/** Between several values of a filter in one CSV field. */
const valueSeparator = ';';

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
    if (thrown instanceof Failure || !(thrown instanceof Error)) throw thrown;
    throw new FileFault(thrown.message);
  }
}

export const readRecords = (file: string, kind: TelemetryKind): AsyncGenerator<PlacedRecord> =>
  /\.csv$/i.test(file) ? csvRecords(file, kind) : recordsOfLines(linesOf(createReadStream(file)), kind);

export const digestOfFile = async (file: string): Promise<string> => {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file)) digest.update(chunk);
  return digest.digest('hex');
};
