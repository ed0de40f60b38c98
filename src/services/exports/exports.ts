import type { ExportDefinition } from '../../config/file-schemas.ts';
import type { CostEngine } from '../../costs/engine.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import { instantText } from '../../domain/day.ts';
import type { ExportOperation } from '../../domain/export.ts';
import { asFailure, Failure, type FieldFault } from '../../domain/failure/failure.ts';
import { problemPath } from '../../domain/failure/problem-kinds.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Ask } from '../list-request.ts';
import type { WriteAsk } from '../writes/kind.ts';
import { unprotected } from '../writes/outcome.ts';
import type { WriteResult } from '../writes/write-result.ts';
import { readBill } from './bill.ts';
import { createExportJobs, type ExportInput, type ExportJob } from './job.ts';
import { createExportRunner } from './run.ts';
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
  /** Goes on with what other processes left, now and periodically. */
  open(): void;
  close(): void;
}

export interface ExportServiceOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps exports; throws while it cannot. */
  readonly store: Store;
  readonly engine: CostEngine;
  readonly connections: readonly Connection[];
  /** Started once a day. */
  readonly daily: readonly ExportDefinition[];
}

const sweepEveryMs = 15_000;
/** Time that is left for sending the answer. */
const replyMs = 500;
const pollMs = 200;

const meta = { complete: true, providers: [] };

const present = (job: ExportJob) => ({
  id: job.id,
  state: job.state,
  done: job.done,
  total: job.total,
  problem:
    job.problem === null
      ? null
      : { type: problemPath(job.problem.kind), kind: job.problem.kind, detail: job.problem.public },
  from: job.from,
  to: job.to,
  connectionId: job.stream,
  month: job.month,
  operation: job.operation,
  rowCount: job.rowCount,
  totals: job.totals,
  requests: job.done,
  dropIds: job.dropIds,
  skipped: job.skipped,
  createdAt: instantText(job.createdAt),
  updatedAt: instantText(job.updatedAt),
});

export const createExportService = (options: ExportServiceOptions): ExportService => {
  const { clock, log, store, engine, connections } = options;
  const jobs = createExportJobs(store);
  const closing = new AbortController();
  const run = createExportRunner({ ...options, jobs, closing: closing.signal });
  const running = new Set<string>();
  let stopSweeping = () => {};

  const begin = (id: string): void => {
    if (running.has(id)) return;
    running.add(id);
    void run(id)
      .catch((thrown: unknown) => log.warn({ export: id, cause: asFailure(thrown).message }, 'an export is left open'))
      .finally(() => running.delete(id));
  };

  const visibleTo = ({ connections: visible }: Consumer) => connections.filter(({ id }) => visible?.has(id) ?? true);

  const inputOf = (request: ExportRequest, consumer: Consumer): ExportInput => {
    const visible = visibleTo(consumer);
    const takers = visible.filter(({ connector }) => connector.capabilities.bills !== undefined);
    const names = (some: readonly Connection[]) => some.map(({ id }) => id).join(', ') || 'none';
    const faults: FieldFault[] = [];
    if (!visible.some(({ id }) => id === request.from))
      faults.push({ path: 'body.from', message: `is not known; known are ${names(visible)}` });
    const [first, second] = takers;
    const to =
      request.to === undefined
        ? second === undefined
          ? first
          : undefined
        : takers.find(({ id }) => id === request.to);
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
    return { from, to: to.id, stream, month, operation };
  };

  const create = async (id: string, input: ExportInput, unlessSent: boolean): Promise<boolean> => {
    const now = clock.now();
    return jobs.create({
      ...input,
      id,
      state: 'running',
      done: 0,
      total: null,
      sending: false,
      round: 0,
      dropIds: [],
      rowCount: 0,
      totals: [],
      digest: null,
      unlessSent,
      skipped: false,
      problem: null,
      createdAt: now,
      updatedAt: now,
    });
  };

  /** The export when it has ended, or as it stands at the deadline. */
  const waitFor = async (id: string, deadline: number, signal: AbortSignal | undefined): Promise<ExportJob> => {
    for (;;) {
      const job = await jobs.read(id);
      if (job === null) throw new TypeError(`export ${id} is not stored`);
      if (job.state !== 'running' || clock.monotonic() + pollMs >= deadline - replyMs) return job;
      await clock.sleep(pollMs, signal);
    }
  };

  const dryRun = async (input: ExportInput, ask: Ask): Promise<WriteResult> => {
    const from = connections.find(({ id }) => id === input.from);
    const sink = connections.find(({ id }) => id === input.to)?.connector.capabilities.bills;
    if (from === undefined || sink === undefined) throw new TypeError('the connections of an export are known');
    const signal = ask.signal ?? new AbortController().signal;
    const { rows, totals } = await readBill(engine, from, input.month, sink, { clock, deadline: ask.deadline, signal });
    const { month, operation } = input;
    const data = {
      month,
      operation,
      rows: rows.map(({ json }): unknown => JSON.parse(json)),
      rowCount: rows.length,
      totals,
      requests: 0,
      dropIds: [],
    };
    return { done: 'changed', body: { data, meta } };
  };

  const resultOf = (job: ExportJob): WriteResult => {
    if (job.state === 'failed' && job.problem !== null)
      throw new Failure(job.problem.kind, { public: job.problem.public });
    const body = { data: present(job), meta };
    return job.state === 'done' ? { done: 'changed', body } : { done: 'accepted', id: job.id, body };
  };

  const sweep = async (): Promise<void> => {
    try {
      for (const id of await jobs.open()) begin(id);
    } catch (thrown) {
      log.warn({ cause: asFailure(thrown).message }, 'the list of exports cannot be read');
    }
    if (!closing.signal.aborted) stopSweeping = clock.after(sweepEveryMs, () => void sweep());
  };

  const schedule = createExportSchedule(options.daily, {
    clock,
    log,
    start: async (id, input) => {
      const created = await create(id, input, true);
      if (created) begin(id);
      return created;
    },
  });

  return {
    start: async (request, ask) => {
      const input = inputOf(request, ask.consumer);
      if (request.dryRun === true) return dryRun(input, ask);
      const { id } = ask.ticket.asked;
      await create(id, input, false).catch((thrown: unknown) => {
        throw unprotected(thrown);
      });
      begin(id);
      return resultOf(await waitFor(id, ask.deadline, ask.signal));
    },
    get: async (id, consumer) => {
      const job = await jobs.read(id);
      const visible = visibleTo(consumer).map((each) => each.id);
      if (job === null || !visible.includes(job.from) || !visible.includes(job.to))
        throw new Failure('not-found', { public: 'There is no such export. Exports are kept for 30 days.' });
      return { data: present(job), meta };
    },
    open: () => {
      void sweep();
      schedule.open();
    },
    close: () => {
      stopSweeping();
      schedule.close();
      closing.abort(new Failure('not-ready', { public: 'The gateway is shutting down.' }));
    },
  };
};
