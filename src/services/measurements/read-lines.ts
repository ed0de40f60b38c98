import { Failure } from '../../domain/failure/failure.ts';
import { recordSchemaOf, type TelemetryKind } from '../../domain/telemetry.ts';
import type { PlacedRecord } from './divide.ts';

const lineFault = (place: number, message: string): Failure =>
  new Failure('invalid-request', {
    public: 'The records are not valid, and nothing was sent.',
    errors: [{ path: `line ${place}`, message }],
    effect: 'never',
  });

/** Throws a Failure that names the line. */
export const recordAt = (place: number, value: unknown, kind: TelemetryKind): PlacedRecord => {
  const parsed = recordSchemaOf(kind).safeParse(value);
  if (parsed.success) return { record: parsed.data, place };
  const [issue] = parsed.error.issues;
  throw lineFault(place, `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is no record'}`.trim());
};

/** Records, one on each line; empty lines are left out. */
export async function* recordsOfLines(
  lines: AsyncIterable<readonly [place: number, line: string]>,
  kind: TelemetryKind,
): AsyncGenerator<PlacedRecord> {
  for await (const [place, line] of lines) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw lineFault(place, 'is not JSON');
    }
    yield recordAt(place, value, kind);
  }
}
