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

/** All writes to vendors go through here. They are journalled, take effect at most once, and are looked up if the outcome is unknown. */
export interface Writes {
  /** Runs a request once per idempotency key. The ticket is for the one write of the request. */
  once(request: ChangingRequest, run: (ticket: WriteTicket) => Promise<WriteResult>): Promise<WriteResult>;
  /** Kinds are registered at start-up, so that writes of earlier processes can be settled. */
  register(kind: WriteKind): void;
  /** Executes the one write of a request. */
  perform(write: Write, ask: WriteAsk): Promise<WriteResult>;
  /** Settles writes that were left open, now and periodically. */
  start(): void;
  close(): void;
}

export interface WritesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly connections: readonly Connection[];
  /** True while several replicas run and their shared store cannot be reached. */
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
