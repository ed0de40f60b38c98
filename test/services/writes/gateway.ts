import { asFailure } from '../../../src/domain/failure/failure.ts';
import { problemKinds } from '../../../src/domain/failure/problem.ts';
import type { OperationAnswer } from '../../../src/server/operation/define.ts';
import { type BudgetService, openBudgetService } from '../../../src/services/managed/budget/service.ts';
import type { CreateBudget } from '../../../src/services/managed/budget/writing.ts';
import { openPager } from '../../../src/services/pager.ts';
import type { WriteAsk } from '../../../src/services/writes/kind.ts';
import { openWrites, type Writes } from '../../../src/services/writes/writes.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Log } from '../../../src/telemetry/log.ts';
import { openHeldReadings } from '../../../src/vendor/list-cache.ts';
import type { VirtualClock } from '../../support/clock.ts';
import { openRig } from '../../support/cost-rig.ts';
import type { ToyVendor } from '../../support/toy-vendor.ts';

export interface Told {
  readonly status: number;
  /** The kind of problem; null for an answer. */
  readonly kind: string | null;
  readonly detail: string;
  readonly json: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Posting {
  readonly key?: string | null;
  readonly consumer?: string;
  readonly deadlineMs?: number;
  readonly path?: string;
}

/** One gateway process, without HTTP: what runs between the routes and the vendor. */
export interface Gateway {
  readonly writes: Writes;
  readonly budgets: BudgetService;
  readonly audit: readonly object[];
  post(body: CreateBudget, posting?: Posting): Promise<Told>;
  run(
    operation: string,
    content: unknown,
    posting: Posting,
    work: (ask: WriteAsk) => Promise<OperationAnswer>,
  ): Promise<Told>;
  close(): void;
}

const told = async (work: Promise<OperationAnswer>): Promise<Told> => {
  try {
    const { status = 200, json = null, headers = {} } = await work;
    return { status, kind: null, detail: '', json, headers };
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.kind === 'internal') throw thrown;
    const { kind, details } = failure;
    return { status: problemKinds[kind].status, kind, detail: details.public, json: null, headers: {} };
  }
};

export interface GatewayOptions {
  readonly vendor: ToyVendor;
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly storeLost?: () => boolean;
}

export const openGateway = ({ vendor, clock, store, storeLost = () => false }: GatewayOptions): Gateway => {
  const audit: object[] = [];
  const log: Log = {
    debug: () => {},
    info: (fields) => {
      if ('audit' in fields) audit.push(fields);
    },
    warn: () => {},
    error: () => {},
  };
  const { engine, connections } = openRig([vendor], clock, { store });
  const held = openHeldReadings(store, clock, 86_400_000);
  const writes = openWrites({ store, clock, log, connections, storeLost });
  const pager = openPager(new Uint8Array(32));
  const budgets = openBudgetService({ clock, store, held, pager, engine, connections, writes });

  const run: Gateway['run'] = (operation, content, posting, work) => {
    const { key = null, consumer = 'tester', deadlineMs = 15_000 } = posting;
    const { signal } = new AbortController();
    const deadline = clock.monotonic() + deadlineMs;
    const ask: WriteAsk = {
      consumer: { name: consumer, scopes: new Set(['write']), connections: null },
      accept: 'application/json',
      noCache: false,
      deadline,
      signal,
    };
    const request = { consumer, operation, requestId: 'request', content, key, signal, deadline };
    return told(writes.idempotent(request, () => work(ask)));
  };

  return {
    writes,
    budgets,
    audit,
    run,
    post: (body, posting = {}) =>
      run('createBudget', [posting.path ?? '/v1/budgets', body], posting, (ask) => budgets.create(body, ask)),
    close: () => writes.close(),
  };
};

export const budgetNamed = (name: string, more: Partial<CreateBudget> = {}): CreateBudget => ({
  connection: 'toy',
  name,
  period: 'monthly',
  limit: { amount: '100', currency: 'USD' },
  alerts: [],
  scope: {},
  ...more,
});
