import { z } from 'zod';
import type { ExportDefinition } from '../../config/file-schemas.ts';
import type { CostEngine } from '../../costs/engine.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import { instantText } from '../../domain/day.ts';
import type { ExportOperation } from '../../domain/export.ts';
import { Failure, type FieldFault } from '../../domain/failure/failure.ts';
import { problemPath } from '../../domain/failure/problem-kinds.ts';
import { moneySchema } from '../../domain/money.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Deliveries } from '../deliveries/deliveries.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import type { Ask } from '../list-request.ts';
import type { WriteAsk } from '../writes/kind.ts';
import type { WriteResult } from '../writes/write-result.ts';
import { readBill } from './bill.ts';
import { billDelivery, billDeliveryName, type ExportInput, exportInputSchema } from './bill-delivery.ts';
import { createExportSchedule } from './schedule.ts';

export interface ExportRequest {
  readonly from: string;
  /** The connection that takes the bill; absent where only one can. */
  readonly to?: string | undefined;
  readonly month: string;
  /** The receiver's stream. */
  readonly connectionId: string;
  readonly operation?: ExportOperation | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Months of one connection, sent to another that takes bills. */
export interface ExportService {
  /** Waits for the end of the export as long as the request may take; later its state can be read. */
  start(request: ExportRequest, ask: WriteAsk): Promise<WriteResult>;
  get(id: string, consumer: Consumer): Promise<object>;
  /** Starts the daily exports. */
  open(): void;
  close(): void;
}

export interface ExportServiceOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly engine: CostEngine;
  readonly connections: readonly Connection[];
  readonly deliveries: Deliveries;
  /** Started once a day. */
  readonly daily: readonly ExportDefinition[];
}

const meta = { complete: true, providers: [] };
const noFacts = { rowCount: 0, totals: [] };
const factsSchema = z.object({ rowCount: z.int(), totals: z.array(moneySchema) }).catch(noFacts);

const present = (delivery: Delivery, input: ExportInput) => {
  const { id, state, done, total, problem, receipts, skipped, createdAt, updatedAt } = delivery;
  return {
    id,
    state,
    done,
    total,
    problem: problem === null ? null : { type: problemPath(problem.kind), kind: problem.kind, detail: problem.public },
    from: input.from,
    to: input.to,
    connectionId: input.stream,
    month: input.month,
    operation: input.operation,
    ...factsSchema.parse(delivery.facts),
    requests: done,
    dropIds: receipts,
    skipped,
    createdAt: instantText(createdAt),
    updatedAt: instantText(updatedAt),
  };
};

export const createExportService = (options: ExportServiceOptions): ExportService => {
  const { clock, log, engine, connections, deliveries } = options;
  deliveries.register(billDelivery(options));

  const visibleTo = ({ connections: visible }: Consumer) => connections.filter(({ id }) => visible?.has(id) ?? true);

  const inputOf = (request: ExportRequest, consumer: Consumer): ExportInput => {
    const visible = visibleTo(consumer);
    const takers = visible.filter(({ connector }) => connector.capabilities.bills !== undefined);
    const names = (some: readonly Connection[]) => some.map(({ id }) => id).join(', ') || 'none';
    const faults: FieldFault[] = [];
    if (!visible.some(({ id }) => id === request.from))
      faults.push({ path: 'body.from', message: `is not known; known are ${names(visible)}` });
    const [only, another] = takers;
    const found = takers.find(({ id }) => id === request.to);
    const to = request.to === undefined && another === undefined ? only : found;
    if (to === undefined)
      faults.push({ path: 'body.to', message: `must be a connection that takes bills: ${names(takers)}` });
    if (to !== undefined && to.id === request.from)
      faults.push({ path: 'body.from', message: 'must be another connection than the one that takes the bill' });
    const { operations } = to?.connector.capabilities.bills ?? { operations: undefined };
    const operation = request.operation ?? operations?.[0];
    if (operations !== undefined && operation !== undefined && !operations.includes(operation))
      faults.push({ path: 'body.operation', message: `must be one of ${operations.join(', ')}` });
    if (faults.length > 0 || to === undefined || operation === undefined)
      throw new Failure('invalid-request', {
        public: 'The request is not valid: see errors.',
        errors: faults,
        effect: 'never',
      });
    const { from, month, connectionId: stream } = request;
    return { from, to: to.id, stream, month, operation, unlessSent: false };
  };

  const dryRun = async (input: ExportInput, ask: Ask): Promise<WriteResult> => {
    const from = connections.find(({ id }) => id === input.from);
    const sink = connections.find(({ id }) => id === input.to)?.connector.capabilities.bills;
    if (from === undefined || sink === undefined) throw new TypeError('the connections of an export are known');
    const signal = ask.signal ?? new AbortController().signal;
    const read = await readBill(engine, from, input.month, sink, { clock, deadline: ask.deadline, signal });
    const { month, operation } = input;
    const rows = read.rows.map(({ json }): unknown => JSON.parse(json));
    const data = { month, operation, rows, rowCount: rows.length, totals: read.totals, requests: 0, dropIds: [] };
    return { done: 'changed', body: { data, meta } };
  };

  const schedule = createExportSchedule(options.daily, {
    clock,
    log,
    start: (id, input) => deliveries.begin({ id, kind: billDeliveryName, about: { ...input, unlessSent: true } }),
  });

  return {
    start: async (request, ask) => {
      const input = inputOf(request, ask.consumer);
      if (request.dryRun === true) return dryRun(input, ask);
      const { id } = ask.ticket.asked;
      await deliveries.begin({ id, kind: billDeliveryName, about: input });
      const delivery = await deliveries.waitFor(id, ask);
      const body = { data: present(delivery, input), meta };
      return delivery.state === 'done' ? { done: 'changed', body } : { done: 'accepted', id, body };
    },
    get: async (id, consumer) => {
      const delivery = await deliveries.read(id);
      const input = exportInputSchema.safeParse(delivery?.about).data;
      const visible = visibleTo(consumer).map((each) => each.id);
      if (delivery === null || input === undefined || !visible.includes(input.from) || !visible.includes(input.to))
        throw new Failure('not-found', { public: 'There is no such export. Exports are kept for 30 days.' });
      return { data: present(delivery, input), meta };
    },
    open: schedule.open,
    close: schedule.close,
  };
};
