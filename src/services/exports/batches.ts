import type { ExportOperation } from '../../domain/export.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { Turns } from '../../domain/turns.ts';
import type { BillSink } from '../../vendor/contract/contract.ts';

/** A row as JSON, and the day it is of. */
export interface WrittenRow {
  readonly json: string;
  readonly day: string;
  readonly bytes: number;
}

/** What stands around the rows of a request. */
const envelopeBytes = 1_024;
/** The comma between two rows. */
const separatorBytes = 1;

const sizeOf = (rows: readonly WrittenRow[]): number =>
  rows.reduce((sum, { bytes }) => sum + bytes + separatorBytes, envelopeBytes);

const tooLarge = (sentence: string): Failure =>
  new Failure('capability-unsupported', { public: sentence, effect: 'never' });

const inBytes = (count: number): string => `${count} bytes`;

/** Groups are never divided; several that fit go into one batch. */
const pack = (groups: readonly (readonly WrittenRow[])[], bytesMax: number): WrittenRow[][] => {
  const batches: WrittenRow[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    const more = sizeOf(group) - envelopeBytes;
    const last = batches.at(-1);
    if (last !== undefined && bytes + more <= bytesMax) {
      last.push(...group);
      bytes += more;
    } else {
      batches.push([...group]);
      bytes = envelopeBytes + more;
    }
  }
  return batches;
};

/**
 * The rows of a month as JSON arrays, one for each request. Where a request replaces what the receiver holds, rows are divided only so that no
 * two requests replace each other's. Throws a Failure that says how large it is.
 */
export const batchesOf = async (
  rows: readonly WrittenRow[],
  operation: ExportOperation,
  sink: BillSink,
  turns: Turns,
): Promise<string[]> => {
  const { requestBytesMax, monthBytesMax, monthRowsMax } = sink;
  const whole = sizeOf(rows);
  if (rows.length > monthRowsMax || whole > monthBytesMax)
    throw tooLarge(
      `The month has ${rows.length} rows of ${inBytes(whole)}; the receiver takes ${monthRowsMax} rows and ${inBytes(monthBytesMax)} of a month.`,
    );
  if (turns.due()) await turns.next();
  const written = (batches: readonly (readonly WrittenRow[])[]) =>
    batches.map((batch) => `[${batch.map(({ json }) => json).join()}]`);
  if (whole <= requestBytesMax) return written([rows]);
  if (operation === 'replace_drop')
    throw tooLarge(
      `The month takes ${inBytes(whole)} as one request, and the receiver reads ${inBytes(requestBytesMax)}. With replace_drop each request replaces the whole month, so it cannot be divided; use replace_hourly, which is sent in parts of whole days.`,
    );
  if (operation === 'sum')
    return written(
      pack(
        rows.map((row) => [row]),
        requestBytesMax,
      ),
    );
  const days = [...Map.groupBy(rows, ({ day }) => day).values()];
  const largest = days.reduce((most, day) => Math.max(most, sizeOf(day)), 0);
  if (largest > requestBytesMax)
    throw tooLarge(
      `A day of the month takes ${inBytes(largest)} as one request, and the receiver reads ${inBytes(requestBytesMax)}. With replace_hourly a day cannot be divided.`,
    );
  return written(pack(days, requestBytesMax));
};
