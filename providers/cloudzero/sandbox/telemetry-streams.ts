import type { Clock } from '../../../src/domain/clock.ts';
import { add, type Decimal, decimalText } from '../../../src/domain/decimal.ts';
import { exactNumber } from '../../../src/vendor/kit/index.ts';
import { type Checked, fine, wrong } from './replies.ts';
import type { StreamChange, StreamKind, TelemetryRecord } from './telemetry-records.ts';

const dayMs = 86_400_000;
/** The vendor says that it takes minutes. */
const deletionMs = 5 * 60_000;

interface Change {
  readonly at: number;
  readonly change: StreamChange;
  readonly records: readonly TelemetryRecord[];
}

interface Stream {
  readonly kind: StreamKind;
  readonly granularity: string | null;
  /** The names of its filters; every record has the same. */
  readonly keys: readonly string[];
  readonly changes: Change[];
}

interface Held {
  readonly record: TelemetryRecord;
  readonly value: Decimal;
}

const keysOf = ({ filters }: TelemetryRecord): readonly string[] => Object.keys(filters);
const sameKeys = (left: readonly string[], right: readonly string[]): boolean => left.join('\n') === right.join('\n');

const identityOf = ({ atMs, granularity, element, filters }: TelemetryRecord): string =>
  JSON.stringify([atMs, granularity, element, filters]);

/** Whether a record has all that a deletion names. */
const isMeant = (record: TelemetryRecord, deletion: TelemetryRecord): boolean =>
  record.atMs === deletion.atMs &&
  (deletion.granularity === null || record.granularity === deletion.granularity) &&
  (deletion.element === null || record.element === deletion.element) &&
  Object.entries(deletion.filters).every(([key, values]) => record.filters[key]?.join('\n') === values.join('\n'));

/** Streams of telemetry, each as the changes that were made to it. */
export class TelemetryStreams {
  readonly #clock: Clock;
  /** True where the name of a deleted stream stays taken for some minutes. */
  readonly #lingers: boolean;
  readonly #streams = new Map<string, Stream>();
  readonly #deletedUntil = new Map<string, number>();

  constructor(clock: Clock, lingers: boolean) {
    this.#clock = clock;
    this.#lingers = lingers;
  }

  /** All of the records or none. */
  apply(name: string, kind: StreamKind, change: StreamChange, records: readonly TelemetryRecord[]): Checked<null> {
    const now = this.#clock.now();
    if ((this.#deletedUntil.get(name) ?? 0) > now) return wrong('the stream is being deleted');
    const stream = this.#streams.get(name);
    if (stream === undefined && change !== 'sum') return wrong('there is no such stream');
    if (stream !== undefined && stream.kind !== kind) return wrong('the stream is of the other kind');
    const [first] = records;
    if (first === undefined) return fine(null);
    const begun = stream ?? { kind, granularity: first.granularity, keys: keysOf(first), changes: [] };
    const fault = records.map((record) => this.#faultIn(record, change, begun, now)).find((each) => each !== null);
    if (fault !== undefined) return wrong(fault);
    begun.changes.push({ at: now, change, records });
    this.#streams.set(name, begun);
    return fine(null);
  }

  #faultIn(record: TelemetryRecord, change: StreamChange, stream: Stream, now: number): string | null {
    // How far is too far is not documented.
    if (record.atMs > now + dayMs) return 'a timestamp lies too far ahead';
    const named = keysOf(record);
    const fits = change === 'delete' ? named.every((key) => stream.keys.includes(key)) : sameKeys(named, stream.keys);
    if (!fits) return 'the filter keys are not those of the stream';
    const { granularity } = record;
    return granularity === null || granularity === stream.granularity ? null : 'the stream has another granularity';
  }

  /** The records as the vendor had them so long ago, the newest first. */
  shown(name: string, kinds: readonly StreamKind[], delayMs: number, limit: number): readonly unknown[] {
    const stream = this.#streams.get(name);
    if (stream === undefined || !kinds.includes(stream.kind)) return [];
    const held = new Map<string, Held>();
    for (const each of stream.changes.filter(({ at }) => at <= this.#clock.now() - delayMs)) {
      for (const record of each.records) this.#hold(held, record, each.change);
    }
    return [...held.values()]
      .toReversed()
      .slice(0, limit)
      .map(({ record, value }) => ({ ...record.shown, value: exactNumber(decimalText(value)) }));
  }

  #hold(held: Map<string, Held>, record: TelemetryRecord, change: StreamChange): void {
    if (record.value === null) {
      for (const [identity, each] of held) if (isMeant(each.record, record)) held.delete(identity);
      return;
    }
    const identity = identityOf(record);
    const before = change === 'sum' ? held.get(identity) : undefined;
    const value = before === undefined ? record.value : add(before.value, record.value);
    held.delete(identity);
    held.set(identity, { record, value });
  }

  /** False where there is no such stream. */
  remove(name: string, kinds: readonly StreamKind[]): boolean {
    const stream = this.#streams.get(name);
    if (stream === undefined || !kinds.includes(stream.kind)) return false;
    this.#streams.delete(name);
    if (this.#lingers) this.#deletedUntil.set(name, this.#clock.now() + deletionMs);
    return true;
  }
}
