import { operations } from '../../routes/index.ts';
import { buildApp } from '../../src/app/app.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';
import { openInsuredStore } from '../../src/store/insured.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import type { Store } from '../../src/store/store.ts';
import { silentLog } from '../../src/telemetry/log.ts';
import { endpointTo, settingsOf, startVendor, type Vendor } from '../../test/support/vendor-line.ts';

export interface Replica {
  /** Asks a cost question and returns the status. */
  ask(query: string, headers?: Record<string, string>): Promise<number>;
  close(): Promise<void>;
}

export interface Fleet {
  readonly replicas: readonly Replica[];
  readonly vendors: Readonly<Record<string, Vendor>>;
  close(): Promise<void>;
}

export interface FleetOptions {
  readonly count: number;
  readonly vendors: readonly string[];
  readonly clock: Clock;
  /** Null: one memory for all replicas. */
  readonly redisUrl: string | null;
  /** Separates the keys of fleets on one Redis. */
  readonly name: string;
  /** Whether time is virtual. */
  readonly virtual: boolean;
}

export interface ReplicaOptions extends Omit<FleetOptions, 'vendors'> {
  readonly settings: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Used without Redis. */
  readonly memory: Store;
}

export const openReplica = async (options: ReplicaOptions): Promise<Replica> => {
  const { redisUrl, clock, name, virtual, count, settings } = options;
  const store =
    redisUrl === null
      ? options.memory
      : openInsuredStore({
          clock,
          replicas: count,
          open: (onState) =>
            openRedisStore({
              url: redisUrl,
              clock,
              onState,
              prefix: `cg1:${name}:`,
              time: virtual ? 'clock' : 'server',
            }),
        });
  const app = await buildApp({
    endpoints: Object.entries(settings).map(([id, values]) => endpointTo(id, values)),
    operations,
    clock,
    store,
    log: silentLog,
    authenticate: authenticator({ mode: 'none' }),
    version: '0.0.0',
    requestDeadlineMs: 15_000,
    cacheBytesMax: 256_000_000,
    staleIfErrorMs: 86_400_000,
    exchangeRates: [],
    rateLimit: { limit: 1_000_000, windowMs: 60_000 },
  });
  return {
    ask: async (query, headers = {}) => {
      const answer = await app.server.inject({ method: 'GET', url: `/v1/costs?${query}`, headers });
      return answer.statusCode;
    },
    close: async () => {
      await app.close();
      if (redisUrl !== null) await store.close();
    },
  };
};

/** Replicas of the gateway in one process, with one store and the same vendors. */
export const openFleet = async (options: FleetOptions): Promise<Fleet> => {
  const { clock, count } = options;
  const vendors: Record<string, Vendor> = {};
  for (const id of options.vendors) vendors[id] = await startVendor(id, clock);
  const settings = Object.fromEntries(Object.entries(vendors).map(([id, vendor]) => [id, settingsOf(vendor)]));
  const memory = createMemoryStore(clock);
  const replicas: Replica[] = [];
  for (let index = 0; index < count; index += 1) replicas.push(await openReplica({ ...options, settings, memory }));
  return {
    replicas,
    vendors,
    close: async () => {
      for (const replica of replicas) await replica.close();
      for (const vendor of Object.values(vendors)) await vendor.close();
    },
  };
};

export const vendorOf = ({ vendors }: Fleet, id: string): Vendor => {
  const vendor = vendors[id];
  if (vendor === undefined) throw new TypeError(`this fleet has no ${id}`);
  return vendor;
};

/** Different cost questions. Each needs one call to a vendor with monthly figures. */
export const questions: readonly string[] = ['', '&groupBy=service', '&groupBy=account'].flatMap((grouping) =>
  Array.from({ length: 20 }, (_, index) => {
    const start = new Date(Date.UTC(2026, 9 - index, 1)).toISOString().slice(0, 10);
    const end = new Date(Date.UTC(2026, 10 - index, 1)).toISOString().slice(0, 10);
    return `granularity=monthly&start=${start}&end=${end}${grouping}`;
  }),
);
/** The question whose data must be refreshed, because its month is not over. */
export const openQuestion = 'granularity=monthly&start=2026-11-01&end=2026-12-01';
