import { onTestFinished } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Connector, Credentials, Limits } from '../../../src/vendor/contract/contract.ts';
import type { VendorReply, VendorRequest } from '../../../src/vendor/contract/request.ts';
import {
  type CallContext,
  openUpstream,
  type Upstream,
  type UpstreamEvent,
} from '../../../src/vendor/upstream/upstream.ts';
import type { VirtualClock } from '../../support/clock.ts';
import { HastyClock } from '../../support/hasty-clock.ts';
import { startVendorStub, type VendorStub } from './vendor-stub.ts';

export const staticCredentials: Credentials = {
  kind: 'static',
  headers: () => ({ Authorization: 'key canary-static' }),
};
export const defaultLimits: Limits = { concurrency: 4, queue: 8, timeoutMs: 8000, quotas: [] };

export { HastyClock } from '../../support/hasty-clock.ts';

export interface RigOptions {
  readonly credentials?: Credentials;
  readonly limits?: Partial<Limits>;
  readonly readFailure?: Connector['readFailure'];
  readonly clock?: VirtualClock;
  readonly store?: Store;
  readonly stub?: VendorStub;
  readonly origins?: (url: string) => Connector['origins'];
  readonly storageKey?: string;
  readonly provider?: string;
}

export interface Rig {
  readonly stub: VendorStub;
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly upstream: Upstream;
  readonly events: UpstreamEvent[];
  get(path?: string, more?: Partial<VendorRequest>, context?: Partial<CallContext>): Promise<VendorReply>;
  post(more?: Partial<VendorRequest>, context?: Partial<CallContext>): Promise<VendorReply>;
}

export const openStub = async (): Promise<VendorStub> => {
  const stub = await startVendorStub();
  onTestFinished(() => stub.close());
  return stub;
};

const connectorTo = (url: string, options: RigOptions = {}): Connector => ({
  ...(options.provider === undefined ? {} : { provider: options.provider }),
  identity: [url],
  origins: options.origins?.(url) ?? { api: `${url}/base` },
  credentials: options.credentials ?? staticCredentials,
  limits: { ...defaultLimits, ...options.limits },
  readFailure: options.readFailure ?? (() => null),
  capabilities: {
    costs: {
      costTypes: ['billed'],
      cubes: [],
      ages: { openMs: 0, restatedDays: 0, restatedMs: 0 },
      fill: async () => ({ items: [], notes: [], faults: [], completeThrough: null }),
    },
  },
});

/** One connection to one stub; all that it opens is closed after the test. */
export const openRig = async (options: RigOptions = {}): Promise<Rig> => {
  const stub = options.stub ?? (await openStub());
  const clock = options.clock ?? new HastyClock();
  const store = options.store ?? createMemoryStore(clock);
  const events: UpstreamEvent[] = [];
  const upstream = openUpstream({
    connection: 'acme',
    connector: connectorTo(stub.url, options),
    store,
    clock,
    userAgent: 'cost-gateway/test',
    observe: (event) => events.push(event),
    storageKey: options.storageKey ?? 'acme-key',
  });
  onTestFinished(() => upstream.close());
  return {
    stub,
    clock,
    store,
    upstream,
    events,
    get: (path = '/costs', more = {}, context = {}) =>
      upstream.call(
        { operation: 'list-costs', method: 'GET', path, effect: 'read', ...more },
        { purpose: 'dashboard', ...context },
      ),
    post: (more = {}, context = {}) =>
      upstream.call(
        { operation: 'create-budget', method: 'POST', path: '/budgets', effect: 'write', json: { a: 1 }, ...more },
        { purpose: 'dashboard', ...context },
      ),
  };
};

export const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  const thrown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (thrown instanceof Failure) return thrown;
  throw new TypeError(`expected a failure, got ${String(thrown)}`);
};
export const kindOf = async (work: Promise<unknown>): Promise<string> => (await failureOf(work)).kind;
