import { asFailure } from '../../../src/domain/failure/failure.ts';
import { problemKinds } from '../../../src/domain/failure/problem-kinds.ts';
import type { BudgetInput } from '../../../src/domain/nouns.ts';
import { answerOfWrite } from '../../../src/server/operation/write-answer.ts';
import { createLister } from '../../../src/services/lister.ts';
import { type BudgetService, createBudgetService } from '../../../src/services/managed/budget/budgets.ts';
import { createPager } from '../../../src/services/paging/pager.ts';
import type { WriteAsk } from '../../../src/services/writes/kind.ts';
import type { WriteResult } from '../../../src/services/writes/write-result.ts';
import { openWrites, type Writes } from '../../../src/services/writes/writes.ts';
import { createMemoryBudget } from '../../../src/store/memory-budget.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Log } from '../../../src/telemetry/log.ts';
import { createListCache } from '../../../src/vendor/list-cache.ts';
import type { VirtualClock } from '../../support/clock.ts';
import { openRig } from '../../support/cost-rig.ts';
import type { ToyVendor } from '../../support/toy-vendor.ts';

/** A body of a request to create a budget. */
export type CreateBudget = BudgetInput & { readonly connection: string };

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
    work: (ask: WriteAsk) => Promise<WriteResult>,
  ): Promise<Told>;
  close(): void;
}

const told = async (work: Promise<WriteResult>): Promise<Told> => {
  try {
    const { status = 200, json = null, headers = {} } = answerOfWrite(await work, '/v1/budgets');
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
  const listCache = createListCache(store, clock, 86_400_000, createMemoryBudget(clock, 10_000_000));
  const writes = openWrites({ store, clock, log, connections, storeLost });
  const pager = createPager({ secret: new Uint8Array(32), memory: createMemoryBudget(clock, 1_000_000), kept: null });
  const lister = createLister(pager, connections);
  const budgets = createBudgetService({
    clock,
    store,
    protectingStore: store,
    storeLost,
    listCache,
    lister,
    engine,
    connections,
    writes,
  });

  const run: Gateway['run'] = (operation, content, posting, work) => {
    const { key = null, consumer = 'tester', deadlineMs = 15_000 } = posting;
    const deadline = clock.monotonic() + deadlineMs;
    const ask = {
      consumer: { name: consumer, scopes: new Set(['write'] as const), connections: null },
      noCache: false,
      deadline,
    };
    const request = { consumer, operation, requestId: 'request', content, key, deadline };
    return told(writes.once(request, (ticket) => work({ ...ask, ticket })));
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
