import type { z } from 'zod';
import type { Day } from '../../domain/day.ts';
import type { Failure } from '../../domain/failure/failure.ts';
import type { Turns } from '../../domain/turns.ts';
import type { CostReading } from './reading.ts';
import type { VendorReply, VendorRequest } from './request.ts';

/** What a capability may use while it works for one connection. */
export interface Session {
  /** One call through the whole upstream chain: deadline, retry, circuit, credentials, throttle, timeout, size. */
  call(request: VendorRequest): Promise<VendorReply>;
  /** The same, but resolves with what the vendor answered, even if that means a failure. */
  exchange(request: VendorRequest): Promise<{ readonly reply: VendorReply; readonly failure: Failure | null }>;
  now(): number;
  /** For loops over what was read, so that others get their turn. It ends the work at the deadline of the session. */
  turns(): Turns;
  today(): Day;
  /**
   * A small fact about the connection (its dialect, its accounts), loaded once and kept in the store.
   * Equal concurrent loads are one load; a failed load is not kept.
   */
  fact<T extends z.ZodType>(
    name: string,
    maxAgeMs: number,
    schema: T,
    load: () => Promise<z.output<T>>,
  ): Promise<z.output<T>>;
  /** Drops a fact that an answer of the vendor has contradicted. */
  forget(name: string): Promise<void>;
}

/** What a fill may use beside its session. */
export interface FillSession extends Session {
  /** The edition that the figures are stored under; null where the connector has none. */
  readonly edition: string | null;
  /**
   * Stores days that are read to the end. They stay, however the fill ends, and the next attempt does not ask for them.
   * Each call renews the deadline of the fill.
   */
  keep(part: FinishedDays): Promise<void>;
  readonly resume: Resume;
}

/** The reading of the days from `start` up to but not including `end`, which lie in the question. */
export interface FinishedDays extends CostReading {
  readonly start: Day;
  readonly end: Day;
}

/**
 * Progress of a read that has no finished days yet, such as pages behind a cursor. It survives a restart, and is
 * dropped when the fill succeeds. It belongs to the days that are not handed over: `keep` drops what was saved before,
 * and the attempt that asks for the rest finds what is saved after. A resumed figure counts as read when its first part was saved.
 */
export interface Resume {
  /** What earlier attempts at the same question saved, oldest first. Empty: the read begins at its start. */
  saved(): Promise<readonly string[]>;
  /** Adds a part and renews the deadline of the fill. `maxAgeMs`: how long the vendor keeps what it belongs to. */
  save(part: string, maxAgeMs: number): Promise<void>;
  drop(): Promise<void>;
}
