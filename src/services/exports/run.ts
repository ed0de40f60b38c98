import type { CostEngine } from '../../costs/engine.ts';
import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import { takeTurns } from '../../domain/turns.ts';
import { claimWork } from '../../store/single.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { BillDrop, BillSink } from '../../vendor/contract/contract.ts';
import { jsonDigest } from '../writes/fingerprint.ts';
import { meaningOf, outcomeUnknown } from '../writes/outcome.ts';
import { batchesOf } from './batches.ts';
import { readBill } from './bill.ts';
import type { ExportJob, ExportJobs } from './job.ts';

export interface RunnerOptions {
  readonly store: Store;
  readonly jobs: ExportJobs;
  readonly clock: Clock;
  readonly log: Log;
  readonly engine: CostEngine;
  readonly connections: readonly Connection[];
  readonly closing: AbortSignal;
}

/** Reading a month may wait for a pause or a quota; a stream may be taken by another export. */
const readMsMax = 60 * 60_000;
const sendMsMax = 60_000;
const waitMsMin = 1_000;
const waitsMax = 12;
const streamPollMs = 1_000;
const complaintsMax = 10;

/** Ends without the process having finished the export: another process goes on with it. */
class LeftOpen extends Error {}

const rejected = (complaints: readonly string[]): Failure => {
  const named = complaints.slice(0, complaintsMax).join('; ');
  const more = complaints.length > complaintsMax ? ` and ${complaints.length - complaintsMax} more` : '';
  return new Failure('vendor-rejected', {
    public: `The receiver would not take the rows, and nothing was sent: ${named}${more}.`,
    effect: 'never',
  });
};

/** Runs one export to its end, from wherever it was left. */
export const createExportRunner = (options: RunnerOptions) => {
  const { store, jobs, clock, log, engine, closing } = options;

  const connectionOf = (id: string): Connection => {
    const found = options.connections.find((each) => each.id === id);
    if (found !== undefined) return found;
    throw new Failure('not-found', { public: `There is no connection ${id} any more.`, effect: 'never' });
  };
  const sinkOf = (connection: Connection): BillSink => {
    const { bills } = connection.connector.capabilities;
    if (bills !== undefined) return bills;
    throw new Failure('capability-unsupported', {
      public: `${connection.title} takes no bills of others.`,
      effect: 'never',
    });
  };

  const save = async (job: ExportJob, changes: Partial<ExportJob>): Promise<ExportJob> => {
    const next = { ...job, ...changes, updatedAt: clock.now() };
    await jobs.save(next);
    return next;
  };

  /** Tries again what a vendor asked to be tried later. */
  const patiently = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (thrown) {
        const failure = asFailure(thrown);
        const { retryAfterMs } = failure.details;
        if (retryAfterMs === undefined || attempt === waitsMax) throw failure;
        await clock.sleep(Math.max(retryAfterMs, waitMsMin), closing);
      }
    }
  };

  /** Reads the month and stores it as requests, so that what is sent does not change on the way. */
  const prepare = async (job: ExportJob, sink: BillSink): Promise<ExportJob> => {
    const from = connectionOf(job.from);
    const { rows, totals, digest } = await patiently(() =>
      readBill(engine, from, job.month, sink, { clock, deadline: clock.monotonic() + readMsMax, signal: closing }),
    );
    const found = { totals: [...totals], digest, rowCount: rows.length };
    if (job.unlessSent && (await jobs.lastSent(job)) === digest) {
      return save(job, { ...found, total: 0, state: 'done', skipped: true });
    }
    const batches = rows.length === 0 ? [] : await batchesOf(rows, job.operation, sink, takeTurns(clock));
    for (const [index, batch] of batches.entries()) await jobs.saveBatch(job.id, index, batch);
    return save(job, { ...found, total: batches.length, ...(batches.length === 0 ? { state: 'done' } : {}) });
  };

  const dropOf = async (job: ExportJob, index: number): Promise<BillDrop> => ({
    stream: job.stream,
    month: job.month,
    operation: job.operation,
    rowsJson: await jobs.batch(job.id, index),
  });

  const checkAll = async (job: ExportJob, to: Connection, sink: BillSink): Promise<void> => {
    for (let index = 0; index < (job.total ?? 0); index += 1) {
      const drop = await dropOf(job, index);
      const complaints = await patiently(() =>
        sink.complaints(to.session({ purpose: 'dashboard', deadline: clock.monotonic() + sendMsMax }), drop),
      );
      if (complaints.length > 0) throw rejected(complaints);
    }
  };

  /** Sends the next request. A known failure is tried again under a new key; an unknown one only where that is harmless. */
  const sendNext = async (given: ExportJob, to: Connection, sink: BillSink): Promise<ExportJob> => {
    let job = given;
    const drop = await dropOf(job, job.done);
    const session = () => to.session({ purpose: 'dashboard', deadline: clock.monotonic() + sendMsMax });
    const isHarmless = async () => job.operation !== 'sum' || (await sink.deduplicates(session()).catch(() => false));
    if (job.sending && !(await isHarmless())) throw outcomeUnknown(job.id);
    for (let attempt = 1; ; attempt += 1) {
      job = await save(job, { sending: true });
      try {
        const dropId = await sink.send(session(), drop, jsonDigest(job.id, job.done, job.round).slice(0, 32));
        const dropIds = dropId === null ? job.dropIds : [...job.dropIds, dropId];
        return await save(job, { sending: false, done: job.done + 1, dropIds });
      } catch (thrown) {
        const failure = asFailure(thrown);
        const meaning = meaningOf(failure);
        if (meaning === 'refused') throw failure;
        if (meaning === 'turned-away') job = await save(job, { sending: false, round: job.round + 1 });
        else if (!(await isHarmless())) throw outcomeUnknown(job.id);
        if (attempt === waitsMax) throw failure;
        await clock.sleep(Math.max(failure.details.retryAfterMs ?? 0, waitMsMin * attempt), closing);
      }
    }
  };

  /** One export at a time writes into a stream, over all replicas. */
  const takeStream = async (job: ExportJob, to: Connection): Promise<() => Promise<void>> => {
    for (;;) {
      const release = await claimWork(store, clock, `export-stream/${to.storageKey}/${encodeURIComponent(job.stream)}`);
      if (release !== null) return release;
      await clock.sleep(streamPollMs, closing);
    }
  };

  const carryOut = async (found: ExportJob): Promise<void> => {
    const to = connectionOf(found.to);
    const sink = sinkOf(to);
    let job = found.total === null ? await prepare(found, sink) : found;
    if (job.state !== 'running') return;
    const release = await takeStream(job, to);
    try {
      if (job.done === 0 && !job.sending) await checkAll(job, to, sink);
      while (job.done < (job.total ?? 0)) job = await sendNext(job, to, sink);
      await save(job, { state: 'done' });
    } finally {
      await release();
    }
  };

  const fail = async (id: string, thrown: unknown): Promise<void> => {
    if (closing.aborted) throw new LeftOpen();
    const failure = asFailure(thrown);
    if (failure.kind === 'internal') log.error({ export: id, err: failure.details.cause }, 'an export failed');
    const job = await jobs.read(id);
    if (job === null || job.state !== 'running') return;
    await save(job, { state: 'failed', problem: { kind: failure.kind, public: failure.details.public } });
  };

  /** Resolves when the export has ended, or is in other hands. */
  return async (id: string): Promise<void> => {
    const release = await claimWork(store, clock, `export/${id}`);
    if (release === null) return;
    try {
      const job = await jobs.read(id);
      if (job?.state === 'running') await carryOut(job).catch((thrown: unknown) => fail(id, thrown));
    } catch (thrown) {
      if (!(thrown instanceof LeftOpen))
        log.warn({ export: id, cause: asFailure(thrown).message }, 'an export is left open');
    } finally {
      await release();
    }
  };
};
