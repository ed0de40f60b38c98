import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Clock } from '../domain/clock.ts';
import { openInsuredStore } from '../store/insured.ts';
import { createMemoryStore } from '../store/memory.ts';
import { openRedisStore, type StoreState } from '../store/redis.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { Provider } from '../vendor/contract/provider.ts';
import type { RunningSandbox } from '../vendor/contract/sandbox.ts';
import type { Endpoint } from './options.ts';

/** What is opened before the app is built. */

export interface OpenedStore {
  readonly store: Store;
  /** For what must not be done where the store cannot protect it: throws while that is lost. */
  readonly protecting: Store;
  /** `lost` while a shared store is done without. */
  readonly state: () => StoreState;
  readonly warning: string | null;
}

const alone = (store: Store, warning: string | null): OpenedStore => ({
  store,
  protecting: store,
  state: () => 'ok',
  warning,
});

/** The sandbox has keys of its own, as it has a folder of its own: what it invents is never read by a real connection. */
const openSharedStore = (url: string, config: Config, clock: Clock, log: Log): OpenedStore => {
  const store = openInsuredStore({
    clock,
    replicas: config.replicas,
    open: (onState) => openRedisStore({ url, clock, onState, prefix: config.sandbox ? 'cg1:sandbox:' : 'cg1:' }),
    onState: (state, why) => {
      if (state === 'ok') log.info({}, 'Redis is back: quotas, tokens and paid-for data are shared again');
      else log.warn({ why }, 'Redis is lost: this replica goes on from memory, with its share of every quota');
    },
  });
  return { store, protecting: store.shared, state: store.state, warning: null };
};

/** The sandbox has a folder of its own: what it invents is never read by a real connection. */
export const openConfiguredStore = (config: Config, clock: Clock, log: Log): OpenedStore => {
  if (config.redisUrl !== null) return openSharedStore(config.redisUrl.reveal(), config, clock, log);
  const directory = config.sandbox ? join(config.dataDirectory, 'sandbox') : config.dataDirectory;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const warn = (message: string) => log.warn({ directory }, message);
    return alone(openSqliteStore(join(directory, 'store.sqlite'), clock, warn), null);
  } catch (cause) {
    const warning = `DATA_DIR ${directory} cannot be written: what is paid for is kept in memory only and lost at the next restart`;
    log.warn({ cause: cause instanceof Error ? cause.message : 'unknown' }, warning);
    return alone(createMemoryStore(clock), warning);
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

export interface StartedSandbox {
  readonly endpoint: Endpoint;
  readonly sandbox: RunningSandbox;
}

/** Every provider simulated on a port of its own, one connection each. */
export const startSandboxes = (providers: readonly Provider[], clock: Clock): Promise<StartedSandbox[]> =>
  Promise.all(
    providers.map(async (provider) => {
      const sandbox = await provider.sandbox({ clock });
      const result = provider.connect(sandbox.settings);
      if (!result.ok) throw new TypeError(`the sandbox of ${provider.id} does not fit its own settings`);
      const { id, title } = provider;
      return { sandbox, endpoint: { id, provider: id, title, sandbox: true, connector: result.connector } };
    }),
  );
