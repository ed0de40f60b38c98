import type { Clock } from '../../domain/clock.ts';
import type { OperationAnswer } from '../../server/operation/define.ts';
import type { MountOptions } from '../../server/operation/mount.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Connection } from '../../vendor/connection.ts';
import { openAudit } from './audit.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import { type ChangingRequest, openIdempotency } from './idempotent.ts';
import { openWriteJournal } from './journal.ts';
import type { Write, WriteAsk, WriteKind } from './kind.ts';
import { openPerformer } from './perform.ts';
import { openSettler } from './settle.ts';
import type { Ticket, Tickets } from './ticket.ts';

type Around = NonNullable<MountOptions['around']>;

/** Everything that is changed at a vendor goes through here: sent at most once, written down, and looked for when in doubt. */
export interface Writes {
  /** Stands around every operation; those that read pass through. */
  readonly around: Around;
  /** What `around` does, without HTTP. */
  idempotent(request: ChangingRequest, run: () => Promise<OperationAnswer>): Promise<OperationAnswer>;
  /** Kinds are known from the start, so that what an earlier process left can be settled. */
  know(kind: WriteKind): void;
  /** Makes the one write of a request. */
  perform(write: Write, ask: WriteAsk): Promise<OperationAnswer>;
  /** Takes care of what was left unsettled, now and from time to time. */
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
  const journal = openWriteJournal(store, clock);
  const audit = openAudit(log);
  const settler = openSettler({ journal, store, clock, log, audit, connections });
  const tickets: Tickets = new WeakMap();
  const ticketOf = ({ signal }: WriteAsk): Ticket => {
    const ticket = tickets.get(signal);
    if (ticket === undefined) throw new TypeError('a write must be made inside writes.around');
    return ticket;
  };
  const idempotent = openIdempotency({ journal, settler, clock, log, tickets });

  return {
    idempotent,
    around: ({ operation, input, request }, run) => {
      if (operation.method === 'GET') return run();
      const { method, path } = operation;
      const query = [...input.query].sort(([left], [right]) => (left < right ? -1 : 1));
      return idempotent(
        {
          consumer: input.consumer.name,
          operation: operation.id,
          requestId: request.id,
          content: { method, path, params: input.params, query, body: input.body },
          key: readIdempotencyKey(request.raw.rawHeaders),
          signal: input.signal,
          deadline: input.deadline,
        },
        run,
      );
    },
    know: settler.know,
    perform: openPerformer({ journal, settler, clock, log, audit, storeLost, ticketOf }),
    start: settler.start,
    close: settler.close,
  };
};
