import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Clock } from '../domain/clock.ts';
import { firstContact } from '../store/first-contact.ts';
import { openInsuredStore } from '../store/insured.ts';
import { createMemoryStore } from '../store/memory.ts';
import { openRedisStore, type StoreState } from '../store/redis.ts';
import { openShelteredStore, type StorageState } from '../store/sheltered.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import { isSandboxed, type Provider } from '../vendor/contract/provider.ts';
import type { RunningSandbox } from '../vendor/contract/sandbox.ts';
import { memoryShares } from './memory-shares.ts';
import type { Endpoint } from './options.ts';

export interface OpenedStore {
  readonly store: Store;
  /** The store for writes, which throws while it cannot protect them. */
  readonly protecting: Store;
  /** `lost` while a shared store cannot be reached, `unwritable` while the file of this one cannot be written. */
  readonly state: () => StoreState | StorageState;
  /** Memory of its last values. */
  readonly mirrorBytes: () => number;
  /** What is wrong with what is stored; null if nothing is. */
  readonly warning: () => string | null;
  /** Resolves when a shared store has answered, or has not for a while. */
  readonly contacted: () => Promise<void>;
}

const contacted = async (): Promise<void> => {};

const openEmbeddedStore = (directory: string, mirrorBytesMax: number, clock: Clock, log: Log): OpenedStore => {
  const path = join(directory, 'store.sqlite');
  const warn = (message: string) => log.warn({ directory }, message);
  const store = openShelteredStore({
    clock,
    mirrorBytesMax,
    open: (onReplaced) => openSqliteStore(path, clock, warn, onReplaced),
    onState: (state, why) => {
      if (state === 'ok') log.info({ directory }, 'DATA_DIR can be written again: what was kept in memory is stored');
      else log.warn({ directory, why }, `DATA_DIR ${unwritable}`);
    },
  });
  return {
    store,
    protecting: store.protecting,
    state: store.state,
    mirrorBytes: () => store.mirrorBytes,
    contacted,
    warning: () => {
      if (store.state() === 'unwritable') return `DATA_DIR ${directory} ${unwritable}`;
      const replaced = store.replaced();
      return replaced === null
        ? null
        : `The store in ${directory} was damaged. The file was moved to ${replaced.aside}; ${replaced.saved} of its entries could be read and are kept. Keys of earlier writes, counted calls and kept budgets may be lost.`;
    },
  };
};

const unwritable =
  'cannot be written: vendor data is kept in memory until it can be, and writes that need to be recorded are refused';

/** The sandbox has its own key prefix, so that real connections never read its figures. */
const openSharedStore = (url: string, mirrorBytesMax: number, config: Config, clock: Clock, log: Log): OpenedStore => {
  const store = openInsuredStore({
    clock,
    replicas: config.replicas,
    returnMsMax: 2_000,
    mirrorBytesMax,
    open: (onState, onEmptied) =>
      openRedisStore({ url, clock, onState, onEmptied, prefix: config.sandbox ? 'cg1:sandbox:' : 'cg1:' }),
    onState: (state, why) => {
      if (state === 'ok') log.info({}, 'Redis is reachable again: quotas, tokens and vendor data are shared');
      else log.warn({ why }, 'Redis is not reachable: this replica uses its memory and its share of every quota');
    },
  });
  return {
    store,
    protecting: store.protecting,
    state: store.state,
    mirrorBytes: () => store.mirrorBytes,
    warning: () => null,
    contacted: () => firstContact(store.shared, clock),
  };
};

/** The sandbox has its own folder, so that real connections never read its figures. */
export const openConfiguredStore = (config: Config, clock: Clock, log: Log): OpenedStore => {
  const { mirror } = memoryShares(config.cacheBytesMax);
  if (config.redisUrl !== null) return openSharedStore(config.redisUrl.reveal(), mirror, config, clock, log);
  const directory = config.sandbox ? join(config.dataDirectory, 'sandbox') : config.dataDirectory;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return openEmbeddedStore(directory, mirror, clock, log);
  } catch (cause) {
    const warning = `DATA_DIR ${directory} cannot be written: vendor data is kept in memory only and lost at the next restart`;
    log.warn({ cause: cause instanceof Error ? cause.message : 'unknown' }, warning);
    const store = createMemoryStore(clock);
    return { store, protecting: store, state: () => 'ok', mirrorBytes: () => 0, warning: () => warning, contacted };
  }
};

export const connectConfigured = (config: Config): Endpoint[] =>
  config.connections.map(({ id, provider, connector }) => ({
    id,
    provider: provider.id,
    title: provider.title,
    sandbox: false,
    connector,
  }));

/** What of the app follows from the configuration alone. */
export const optionsOf = (config: Config) => ({
  rateLimit: { limit: config.rateLimit.max, windowMs: config.rateLimit.windowMs },
  replicas: config.replicas,
  corsOrigins: config.corsOrigins,
  requestDeadlineMs: config.requestDeadlineMs,
  cacheBytesMax: config.cacheBytesMax,
  staleIfErrorMs: config.cacheStaleIfErrorMs,
  budgets: config.budgets,
  monitors: config.monitors,
  exports: config.exports,
  exchangeRates: config.exchangeRates.map((rate) => ({ ...rate, source: 'config' })),
  trustProxy: config.trustProxy,
});

export interface StartedSandbox {
  readonly endpoint: Endpoint;
  readonly sandbox: RunningSandbox;
}

/** Simulates every provider that has a sandbox on its own port, with one connection each. The others are left out. */
export const startSandboxes = (providers: readonly Provider[], clock: Clock, log: Log): Promise<StartedSandbox[]> => {
  for (const { id, title } of providers.filter((provider) => !isSandboxed(provider)))
    log.info({ provider: id }, `${title} has no sandbox and is left out; it needs credentials`);
  return Promise.all(
    providers.filter(isSandboxed).map(async (provider) => {
      const sandbox = await provider.sandbox({ clock });
      const result = provider.connect(sandbox.settings);
      if (!result.ok) throw new TypeError(`the sandbox of ${provider.id} does not fit its own settings`);
      const { id, title } = provider;
      return { sandbox, endpoint: { id, provider: id, title, sandbox: true, connector: result.connector } };
    }),
  );
};
