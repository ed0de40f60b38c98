import type { Asked, Entry } from './entry.ts';
import type { Claim, Held } from './journal.ts';

/** What stands behind one request that changes something. */
export interface Ticket {
  readonly asked: Asked;
  /** Its entry in the journal, once there is one. */
  held: Held | null;
  claim: Claim | null;
  /** The store could not be asked: nothing keeps this request from being carried out twice. */
  readonly lost: boolean;
  /** A write is made under it; from then on that write keeps the entry. */
  taken: boolean;
}

export const entryOf = <State extends 'started' | 'released'>(asked: Asked, state: State) =>
  ({ ...asked, state }) satisfies Entry;

/** Tickets by the signal of their request. */
export type Tickets = WeakMap<AbortSignal, Ticket>;
