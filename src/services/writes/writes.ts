import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Connection } from '../../vendor/connection.ts';
import { createAudit } from './audit.ts';
import { type ChangingRequest, createIdempotency } from './idempotent.ts';
import { createWriteJournal } from './journal.ts';
import type { Write, WriteAsk, WriteKind } from './kind.ts';
import { createPerformer } from './perform.ts';
import { openSettler } from './settle.ts';
import type { WriteTicket } from './ticket.ts';
import type { WriteResult } from './write-result.ts';

/** Everything that is changed at a vendor goes through here: sent at most once, written down, and looked for when in doubt. */
export interface Writes {
  /** Runs a request once for its idempotency key. The ticket it hands over is for the one write of the request. */
  once(request: ChangingRequest, run: (ticket: WriteTicket) => Promise<WriteResult>): Promise<WriteResult>;
  /** Kinds are registered at the start, so that what an earlier process left can be settled. */
  register(kind: WriteKind): void;
  /** Makes the one write of a request. */
  perform(write: Write, ask: WriteAsk): Promise<WriteResult>;
  /** Settles what was left unsettled, now and from time to time. */
  start(): void;
  close(): void;
}

export interface WritesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly connections: readonly Connection[];
  /** Several replicas run, and what they should share cannot be reached. */
  readonly storeLost?: () => boolean;
}

export const openWrites = ({ store, clock, log, connections, storeLost = () => false }: WritesOptions): Writes => {
  const journal = createWriteJournal(store, clock);
  const audit = createAudit(log);
  const settler = openSettler({ journal, store, clock, log, audit, connections });
  return {
    once: createIdempotency({ journal, settler, clock, log }),
    register: settler.register,
    perform: createPerformer({ journal, settler, clock, log, audit, storeLost }),
    start: settler.start,
    close: settler.close,
  };
};
