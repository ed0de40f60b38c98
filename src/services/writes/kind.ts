import type { Connection } from '../../vendor/connection.ts';
import type { Session } from '../../vendor/contract/contract.ts';
import type { Ask } from '../list-request.ts';
import type { WriteTicket } from './ticket.ts';
import type { WriteResult } from './write-result.ts';

/** What a look-up finds: the result of the write, no trace of it, or not enough to decide. */
export type Look = { readonly seen: WriteResult } | 'absent' | 'unclear';

/** A kind of write. Its name is stored, so that an unknown outcome can be looked up after a restart. */
export interface WriteKind {
  readonly name: string;
  /** True if a second execution changes nothing, as with a removal. */
  readonly repeatable: boolean;
  /** `subject` comes from the journal and may be JSON of an earlier version. Throws if the vendor does not answer. */
  look(connection: Connection, subject: unknown, deadline: number): Promise<Look>;
  /** Invalidates cached readings after a write that may have had an effect. */
  affected(connection: Connection): Promise<void>;
}

export interface Write {
  readonly kind: WriteKind;
  readonly connection: Connection;
  /** What `look` needs, as JSON. */
  readonly subject: unknown;
  /** Writes with the same value run one at a time, because their effects cannot be distinguished. Null: no such limit. */
  readonly turn: unknown;
  /** True if the vendor recognises the key, so that sending the write again has no second effect. */
  readonly deduplicates: boolean;
  send(session: Session, key: string): Promise<WriteResult>;
}

/** A changing request, with its ticket. */
export interface WriteAsk extends Ask {
  readonly ticket: WriteTicket;
}
