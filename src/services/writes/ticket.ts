import type { Failure } from '../../domain/failure/failure.ts';
import type { Asked, Entry } from './entry.ts';
import type { Claim, JournalRecord } from './journal.ts';

/** The protection of one changing request. The request passes it to its one write. */
export interface WriteTicket {
  readonly asked: Asked;
  /** Its entry in the journal; null while there is none. */
  record: JournalRecord | null;
  claim: Claim | null;
  /** Why nothing prevents a second execution: the store could not be used. Null if it could. */
  readonly unprotected: Failure | null;
  /** True once a write uses it; from then on that write updates the entry. */
  taken: boolean;
}

/** The key under which the write is sent, the same whenever the request is repeated after an unknown outcome. */
export const sendKeyOf = ({ asked: { id, sendKey = id } }: WriteTicket): string => sendKey;

export const entryIn = <State extends 'started' | 'released'>(state: State, asked: Asked) =>
  ({ ...asked, state }) satisfies Entry;
