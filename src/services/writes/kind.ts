import type { Connection } from '../../vendor/connection.ts';
import type { Session } from '../../vendor/contract/contract.ts';
import type { Ask } from '../list-request.ts';
import type { WriteTicket } from './ticket.ts';
import type { WriteResult } from './write-result.ts';

/** What a look shows: the result that the caller would have got, nothing of the write, or not enough to say. */
export type Look = { readonly seen: WriteResult } | 'absent' | 'unclear';

/** A kind of write, known by name so that one whose outcome is unknown can still be looked for after a restart. */
export interface WriteKind {
  readonly name: string;
  /** A second time changes nothing by the nature of the thing, as with a removal. */
  readonly repeatable: boolean;
  /** `subject` is what the journal kept: JSON of an earlier version perhaps. Throws where the vendor does not answer. */
  look(connection: Connection, subject: unknown, deadline: number): Promise<Look>;
  /** The write may have changed something: what was read before is out of date. */
  affected(connection: Connection): Promise<void>;
}

export interface Write {
  readonly kind: WriteKind;
  readonly connection: Connection;
  /** What `look` needs, as JSON. */
  readonly subject: unknown;
  /** Equal writes could not be told apart afterwards: only one of those with the same value runs at a time. */
  readonly turn: unknown;
  /** The vendor recognises the key, so that the same write sent again has no second effect. */
  readonly deduplicates: boolean;
  /** Sends once. */
  send(session: Session, key: string): Promise<WriteResult>;
}

/** A request that changes something, with the ticket that it writes under. */
export interface WriteAsk extends Ask {
  readonly ticket: WriteTicket;
}
