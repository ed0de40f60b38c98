import { type AskOptions, type CostAnswer, type CostEngine, createCostEngine } from '../../src/costs/engine.ts';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { createRates } from '../../src/costs/rates.ts';
import type { SourcedRate } from '../../src/costs/rows/convert.ts';
import { type ChangeLog, createChangeLog } from '../../src/costs/segments/change-log.ts';
import { createSegmentCache, type SegmentCache } from '../../src/costs/segments/segment-cache.ts';
import { createSegmentFetcher } from '../../src/costs/segments/segment-fetch.ts';
import { createSegmentStore } from '../../src/costs/segments/segment-store.ts';
import { createSegmentWriter, type SegmentWriter } from '../../src/costs/segments/segment-writer.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { createMemoryBudget } from '../../src/store/memory-budget.ts';
import type { Store } from '../../src/store/store.ts';
import { type Connection, openConnection } from '../../src/vendor/connection.ts';
import { createListCache } from '../../src/vendor/list-cache.ts';
import type { VirtualClock } from './clock.ts';
import type { ToyVendor } from './toy-vendor.ts';

export interface Rig {
  readonly engine: CostEngine;
  readonly segmentCache: SegmentCache;
  readonly segmentWriter: SegmentWriter;
  readonly journal: ChangeLog;
  readonly store: Store;
  readonly connections: readonly Connection[];
  /** The only connection, where there is one. */
  readonly connection: Connection;
  /** What the store or the journal complained of. */
  readonly complaints: readonly string[];
  ask(asked?: Partial<CostQuery>, options?: Partial<AskOptions>): Promise<CostAnswer>;
}

export interface RigOptions {
  readonly store?: Store;
  readonly staleIfErrorMs?: number;
  readonly rates?: readonly SourcedRate[];
  readonly cacheBytesMax?: number;
}

/** A question of November 2026 up to the 21st, unless it says otherwise. */
export const question = (asked: Partial<CostQuery> = {}): CostQuery => ({
  start: '2026-11-01',
  end: '2026-11-22',
  granularity: 'daily',
  groupBy: [],
  filters: new Map(),
  costType: 'billed',
  currency: null,
  sort: 'start',
  top: null,
  ...asked,
});

export const openToyConnection = (vendor: ToyVendor, clock: VirtualClock, store: Store): Connection =>
  openConnection({
    id: vendor.name,
    provider: vendor.name,
    title: `Toy ${vendor.name}`,
    sandbox: false,
    connector: vendor.connector,
    store,
    clock,
    userAgent: 'test',
    observe: () => {},
  });

/** The cost engine over toy vendors: no sockets, and no time but the virtual clock's. */
export const openRig = (vendors: readonly ToyVendor[], clock: VirtualClock, options: RigOptions = {}): Rig => {
  const store = options.store ?? createMemoryStore(clock);
  const staleIfErrorMs = options.staleIfErrorMs ?? 86_400_000;
  const complaints: string[] = [];
  const onFault = (what: string) => complaints.push(what);
  const connections = vendors.map((vendor) => openToyConnection(vendor, clock, store));
  const [connection] = connections;
  if (connection === undefined) throw new TypeError('a rig needs a vendor');
  const segmentCache = createSegmentCache(clock, store, options.cacheBytesMax ?? 256_000_000, onFault);
  const journal = createChangeLog(store, clock, onFault);
  const segmentWriter = createSegmentWriter(clock, segmentCache, journal);
  const segmentFetcher = createSegmentFetcher(clock, store, segmentWriter);
  const segmentStore = createSegmentStore({ clock, segmentCache, segmentFetcher, staleIfErrorMs });
  const listCache = createListCache(store, clock, staleIfErrorMs, createMemoryBudget(clock, 10_000_000));
  const engine = createCostEngine({
    clock,
    segmentWriter,
    segmentStore,
    rates: createRates(listCache, options.rates ?? [], clock),
    memory: createMemoryBudget(clock, 64_000_000),
  });
  return {
    engine,
    segmentCache,
    segmentWriter,
    journal,
    store,
    connections,
    connection,
    complaints,
    ask: (asked = {}, more = {}) =>
      engine.ask(connections, question(asked), {
        strict: false,
        noCache: false,
        deadline: clock.monotonic() + 15_000,
        ...more,
      }),
  };
};
