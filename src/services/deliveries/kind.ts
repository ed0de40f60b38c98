import type { z } from 'zod';

/** What a delivery consists of. */
export interface Prepared {
  /** One text for each request. */
  readonly batches: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  /** There is nothing new to send. */
  readonly skipped: boolean;
}

/** What is passed to everything that a kind does. */
export interface DeliveryWork {
  /** Aborted when the process ends. */
  readonly signal: AbortSignal;
  /** Tries again what a vendor asked to be tried later, or did not answer. */
  patiently<Value>(work: () => Promise<Value>): Promise<Value>;
}

/** One kind of delivery. Its name is stored, so that another process can go on with it. */
export interface DeliveryKind<About> {
  readonly name: string;
  readonly about: z.ZodType<About>;
  /** Absent where the requests are stored with the delivery. */
  prepare?(about: About, work: DeliveryWork): Promise<Prepared>;
  /** Throws where the receiver would not take a request. Asked for all of them before the first is sent. */
  check?(about: About, batch: string, work: DeliveryWork): Promise<void>;
  /** Waits until a request may be sent. */
  pace?(about: About, batch: string, work: DeliveryWork): Promise<void>;
  /** The receiver's id for what it took; null where it gives none. */
  send(about: About, batch: string, key: string): Promise<string | null>;
  /** Whether a request that is sent twice comes to the same. */
  isRepeatable(about: About): Promise<boolean>;
  /** Deliveries with the same lane are sent one after the other. */
  lane(about: About): string;
  /** What a request without an answer means, where it must not be repeated: the end, or a gap that is reported. */
  readonly unanswered: 'ends' | 'is-reported';
  /** Called when everything was sent. */
  finished?(about: About, facts: Readonly<Record<string, unknown>>): Promise<void>;
}
