import { readFileSync } from 'node:fs';
import { providers } from '../providers/index.ts';
import { type App, buildApp } from '../src/app/app.ts';
import { connectConfigured, openConfiguredStore, optionsOf, startSandboxes } from '../src/app/start.ts';
import { version } from '../src/app/version.ts';
import { loadConfig } from '../src/config/config.ts';
import { EX_CONFIG, renderFaults } from '../src/config/faults.ts';
import { systemClock as clock } from '../src/domain/clock.ts';
import { createLog } from '../src/telemetry/log.ts';

/** Ends the process with a message. */
export const refuse = (text: string, code = EX_CONFIG): never => {
  process.stderr.write(text);
  process.exit(code);
};

/**
 * The gateway as the environment configures it, for a command: over the same store and quotas, without routes, and
 * without what runs by itself once a day.
 */
export const openGateway = async (): Promise<{ readonly app: App; readonly close: () => Promise<void> }> => {
  const loaded = loadConfig(process.env, providers, { read: (path) => readFileSync(path, 'utf8') });
  const config = loaded.ok ? loaded.config : refuse(renderFaults(loaded.faults));
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel, process.stderr);
  const { store, protecting, state } = openConfiguredStore(config, clock, log);
  const sandboxes = config.sandbox ? await startSandboxes(providers, clock, log) : [];
  const app = await buildApp({
    endpoints: config.sandbox ? sandboxes.map(({ endpoint }) => endpoint) : connectConfigured(config),
    operations: [],
    clock,
    store,
    log,
    version,
    authenticate: () => Promise.reject(new TypeError('a command serves nobody')),
    ...optionsOf(config),
    exports: [],
    storeState: state,
    protectingStore: protecting,
  });
  const close = async (): Promise<void> => {
    await app.close();
    await Promise.all(sandboxes.map(({ sandbox }) => sandbox.close()));
    await store.close();
  };
  return { app, close };
};
