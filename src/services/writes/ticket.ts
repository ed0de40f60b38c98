import type { Asked, Entry } from './entry.ts';
import type { Claim, JournalRecord } from './journal.ts';

/** What protects one request that changes something. It is handed from the request to the one write it makes. */
export interface WriteTicket {
  readonly asked: Asked;
  /** Its entry in the journal, once there is one. */
  record: JournalRecord | null;
  claim: Claim | null;
  /** The store could not be asked: nothing keeps this request from being carried out twice. */
  readonly unprotected: boolean;
  /** A write is made under it; from then on that write keeps the entry. */
  taken: boolean;
}

export const entryIn = <State extends 'started' | 'released'>(state: State, asked: Asked) =>
  ({ ...asked, state }) satisfies Entry;
