import type { Backlog, Step } from '../costs/backlog.ts';
import type { CostQuery } from '../costs/query/query.ts';
import { type BackfillProgress, backfillSchema } from '../domain/backfill.ts';
import type { Clock } from '../domain/clock.ts';
import { addDays, addMonths, type Day, instantText, monthOf, monthStart } from '../domain/day.ts';
import { asFailure, type Failure } from '../domain/failure/failure.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { Connection } from '../vendor/connection.ts';

export interface BackfillReport extends BackfillProgress {
  /** Set while it waits for a quota or a pause of the vendor. */
  readonly waiting: { readonly until: string; readonly because: string } | null;
}

export interface BackfillOutcome {
  readonly progress: BackfillProgress;
  /** Why days are left; empty when all are stored. */
  readonly failures: readonly Failure[];
}

export interface BackfillOptions {
  /** How many months before the current one. */
  readonly months: number;
  readonly report?: (report: BackfillReport) => void;
  readonly signal?: AbortSignal;
}

export interface Backfill {
  /** Reads what is not stored, one step after the other. Waits for quotas and pauses; goes on after other failures. */
  run(connection: Connection, options: BackfillOptions): Promise<BackfillOutcome>;
  /** As stored by whichever process runs it; null where none ever did. */
  progress(connection: Connection): Promise<BackfillProgress | null>;
  /** Runs in the background for all connections, and again once a day; after failures once an hour. */
  start(months: number): void;
  close(): void;
}

export interface BackfillServiceOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly log: Log;
  readonly backlog: Backlog;
  readonly connections: readonly Connection[];
}

const minuteMs = 60_000;
/** One step may wait for its turn in a quota of the vendor for long. */
const stepMsMax = 60 * minuteMs;
const planMsMax = minuteMs;
/** Waits of a step are this long at least, and it is given up after so many without progress. */
const waitMsMin = 6_000;
const waitsMax = 12;
const firstRunMs = minuteMs;
const nextRunMs = 24 * 60 * minuteMs;
const retryRunMs = 60 * minuteMs;

/** What dashboards, budgets, forecasts and anomalies read: daily cost by account and service. */
const queryOf = (start: Day, end: Day): CostQuery => ({
  start,
  end,
  granularity: 'daily',
  groupBy: ['account', 'service'],
  filters: new Map(),
  costType: 'billed',
  currency: null,
  sort: 'start',
  top: null,
});

export const createBackfill = ({ clock, store, log, backlog, connections }: BackfillServiceOptions): Backfill => {
  const keyOf = (connection: Connection): string => `backfill/1/${connection.storageKey}`;
  const closing = new AbortController();

  const save = (connection: Connection, progress: BackfillProgress): Promise<void> =>
    store.set(keyOf(connection), Buffer.from(JSON.stringify(progress))).catch(() => undefined);

  /** Reads one step; null when it is stored. */
  const readStep = async (
    step: Step,
    signal: AbortSignal,
    waits: (until: number, failure: Failure) => void,
  ): Promise<Failure | null> => {
    for (let attempt = 1; ; attempt += 1) {
      const failure = await backlog.read(step, clock.monotonic() + stepMsMax).catch(asFailure);
      const waitMs = failure?.details.retryAfterMs;
      if (failure === null || waitMs === undefined || attempt >= waitsMax) return failure;
      const pauseMs = Math.max(waitMs, waitMsMin);
      waits(clock.now() + pauseMs, failure);
      await clock.sleep(pauseMs, signal);
    }
  };

  const run = async (connection: Connection, { months, report, signal }: BackfillOptions): Promise<BackfillOutcome> => {
    const today = clock.today();
    const from = addMonths(monthStart(monthOf(today)), -months);
    const to = addDays(today, -1);
    const either = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]);
    const left = [...(await backlog.steps(connection, queryOf(from, today), clock.monotonic() + planMsMax))];
    const failed: { readonly step: Step; readonly failure: Failure }[] = [];

    const progress = (): BackfillProgress => {
      const open = [...failed.map(({ step }) => step), ...left];
      const first = open.map((step) => step.start).sort()[0];
      const doneThrough = first === undefined ? to : addDays(first, -1);
      return {
        from,
        to,
        doneThrough: doneThrough < from ? null : doneThrough,
        callsLeft: open.reduce((total, step) => total + step.calls, 0),
      };
    };
    const tell = async (waiting: BackfillReport['waiting']): Promise<void> => {
      const now = progress();
      report?.({ ...now, waiting });
      await save(connection, now);
    };

    await tell(null);
    for (let step = left[0]; step !== undefined; step = left[0]) {
      either.throwIfAborted();
      const failure = await readStep(step, either, (until, because) => {
        void tell({ until: instantText(until), because: because.details.public });
      });
      left.shift();
      if (failure !== null) failed.push({ step, failure });
      await tell(null);
    }
    return { progress: progress(), failures: failed.map(({ failure }) => failure) };
  };

  const runInBackground = async (connection: Connection, months: number): Promise<void> => {
    let pauseMs = firstRunMs;
    for (;;) {
      await clock.sleep(pauseMs, closing.signal);
      const failures = await run(connection, { months }).then(
        (outcome) => outcome.failures,
        (thrown: unknown) => {
          closing.signal.throwIfAborted();
          return [asFailure(thrown)];
        },
      );
      pauseMs = failures.length === 0 ? nextRunMs : retryRunMs;
      const [first] = failures;
      if (first !== undefined)
        log.warn({ connection: connection.id, why: first.details.public }, 'the backfill is not complete; it goes on');
    }
  };

  return {
    run,
    progress: async (connection) => {
      const bytes = await store.get(keyOf(connection)).catch(() => null);
      if (bytes === null) return null;
      const parsed = backfillSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      return parsed.success ? parsed.data : null;
    },
    start: (months) => {
      for (const connection of connections) runInBackground(connection, months).catch(() => undefined);
    },
    close: () => closing.abort(),
  };
};
