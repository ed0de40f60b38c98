import { z } from 'zod';
import type { CostEngine } from '../../costs/engine.ts';
import type { Clock } from '../../domain/clock.ts';
import { exportOperations, monthSchema } from '../../domain/export.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { takeTurns } from '../../domain/turns.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { BillDrop, BillSink } from '../../vendor/contract/contract.ts';
import type { DeliveryKind } from '../deliveries/kind.ts';
import { batchesOf } from './batches.ts';
import { readBill } from './bill.ts';

/** What was asked for. */
export const exportInputSchema = z.object({
  from: z.string(),
  to: z.string(),
  stream: z.string(),
  month: monthSchema,
  operation: z.enum(exportOperations),
  /** For exports by schedule: nothing is sent where the receiver has the same rows already. */
  unlessSent: z.boolean(),
});
export type ExportInput = z.output<typeof exportInputSchema>;

export interface BillDeliveryOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly engine: CostEngine;
  readonly connections: readonly Connection[];
}

export const billDeliveryName = 'bill';

/** Reading a month may wait for a pause or a quota. */
const readMsMax = 60 * 60_000;
const sendMsMax = 60_000;
const complaintsMax = 10;

const rejected = (complaints: readonly string[]): Failure => {
  const named = complaints.slice(0, complaintsMax).join('; ');
  const more = complaints.length > complaintsMax ? ` and ${complaints.length - complaintsMax} more` : '';
  return new Failure('vendor-rejected', {
    public: `The receiver would not take the rows, and nothing was sent: ${named}${more}.`,
    effect: 'never',
  });
};

const factsSchema = z.object({ digest: z.string() });

/** How a month of one connection is sent to another. */
export const billDelivery = ({ clock, store, engine, connections }: BillDeliveryOptions): DeliveryKind<ExportInput> => {
  const connectionOf = (id: string): Connection => {
    const found = connections.find((each) => each.id === id);
    if (found !== undefined) return found;
    throw new Failure('not-found', { public: `There is no connection ${id} any more.`, effect: 'never' });
  };
  const receiverOf = ({ to }: ExportInput): { readonly connection: Connection; readonly sink: BillSink } => {
    const connection = connectionOf(to);
    const sink = connection.connector.capabilities.bills;
    if (sink !== undefined) return { connection, sink };
    throw new Failure('capability-unsupported', {
      public: `${connection.title} takes no bills of others.`,
      effect: 'never',
    });
  };
  const sessionWith = (connection: Connection) =>
    connection.session({ purpose: 'dashboard', deadline: clock.monotonic() + sendMsMax });
  const dropOf = ({ stream, month, operation }: ExportInput, rowsJson: string): BillDrop => ({
    stream,
    month,
    operation,
    rowsJson,
  });
  /** Of the rows that a stream was last sent for a month. */
  const sentKey = ({ from, to, stream, month }: ExportInput) =>
    `export/1/sent/${[from, to, stream, month].map(encodeURIComponent).join('/')}`;

  return {
    name: billDeliveryName,
    about: exportInputSchema,
    unanswered: 'ends',
    prepare: async (input, { signal, patiently }) => {
      const { sink } = receiverOf(input);
      const from = connectionOf(input.from);
      const { rows, totals, digest } = await patiently(() =>
        readBill(engine, from, input.month, sink, { clock, deadline: clock.monotonic() + readMsMax, signal }),
      );
      const facts = { totals, digest, rowCount: rows.length };
      const last = input.unlessSent ? await store.get(sentKey(input)) : null;
      if (last !== null && Buffer.from(last).toString('utf8') === digest) return { batches: [], facts, skipped: true };
      const batches = rows.length === 0 ? [] : await batchesOf(rows, input.operation, sink, takeTurns(clock));
      return { batches, facts, skipped: false };
    },
    check: async (input, rowsJson, { patiently }) => {
      const { connection, sink } = receiverOf(input);
      const complaints = await patiently(() => sink.complaints(sessionWith(connection), dropOf(input, rowsJson)));
      if (complaints.length > 0) throw rejected(complaints);
    },
    send: (input, rowsJson, key) => {
      const { connection, sink } = receiverOf(input);
      return sink.send(sessionWith(connection), dropOf(input, rowsJson), key);
    },
    isRepeatable: async (input) => {
      const { connection, sink } = receiverOf(input);
      return input.operation !== 'sum' || sink.deduplicates(sessionWith(connection));
    },
    lane: (input) => `${receiverOf(input).connection.storageKey}/${encodeURIComponent(input.stream)}`,
    finished: async (input, facts) => {
      await store.set(sentKey(input), Buffer.from(factsSchema.parse(facts).digest));
    },
  };
};
