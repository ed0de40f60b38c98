import { readFileSync } from 'node:fs';
import { pages } from '../openapi/serve.ts';
import { describeRoutes } from '../openapi/served-document.ts';
import { providers } from '../providers/index.ts';
import { operations } from '../routes/index.ts';
import { buildApp } from './app/app.ts';
import { defaultDrain, drain } from './app/shutdown.ts';
import { connectConfigured, openConfiguredStore, optionsOf, startSandboxes } from './app/start.ts';
import { version } from './app/version.ts';
import { type Config, loadConfig } from './config/config.ts';
import { type ConfigFault, EX_CONFIG, renderFaults } from './config/faults.ts';
import { systemClock as clock } from './domain/clock.ts';
import { openOverload } from './server/admission/overload.ts';
import { identity } from './server/identity/identity.ts';
import { createLog, createOutputDestination } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { serveMetrics } from './telemetry/metrics-server.ts';

/** The only file that sees both sides, vendors and routes: configuration → store → app → listen → drain. */

const refuse = (faults: readonly ConfigFault[]): never => {
  process.stderr.write(renderFaults(faults));
  process.exit(EX_CONFIG);
};

const readConfig = (): { config: Config; warnings: readonly ConfigFault[] } => {
  const result = loadConfig(process.env, providers, { read: (path) => readFileSync(path, 'utf8') });
  return result.ok ? result : refuse(result.faults);
};

const { config, warnings } = readConfig();
const metrics = createMetrics();
const log = createLog(
  config.logLevel,
  createOutputDestination(process.stdout, (lines) => metrics.dropped(lines)),
);
for (const { name, message } of warnings) log.warn({ name }, `${name} ${message}`);

/** Everybody may read everything. */
const isOpen = config.authentication.keys === null && config.authentication.oidc === null;

const { store, protecting, state, warning, contacted, mirrorBytes } = openConfiguredStore(config, clock, log);
const sandboxes = config.sandbox ? await startSandboxes(providers, clock, log) : [];
const app = await buildApp({
  endpoints: config.sandbox ? sandboxes.map(({ endpoint }) => endpoint) : connectConfigured(config),
  operations,
  clock,
  store,
  log,
  metrics,
  version,
  authenticate: identity(config.authentication, { clock, log }),
  ...optionsOf(config),
  storeWarning: warning,
  storeState: state,
  protectingStore: protecting,
  mirrorBytes,
  overload: openOverload({ clock }),
  prepare: (server) => describeRoutes(server, operations),
  extend: (server, { providers: list }) => {
    server.register(pages, {
      landing: async () => ({ connections: isOpen ? await list.healths() : null, version }),
    });
  },
});

let stopping = false;
const stop = async (reason: string, code: number | null = null): Promise<void> => {
  if (stopping) process.exit(1);
  stopping = true;
  log.info({ reason }, 'stopping');
  const close = async () => {
    await app.close();
    await Promise.all(sandboxes.map(({ sandbox }) => sandbox.close()));
    await store.close();
  };
  const { services, probes } = app;
  const drained = await drain({ clock, log, readiness: services.readiness, probes, times: defaultDrain, close });
  process.exit(code ?? drained);
};
const crash = (cause: unknown): void => {
  log.error({ cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }, 'uncaught error');
  void stop('fault', 1).finally(() => process.exit(1));
};
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);

await contacted();
try {
  const url = await app.server.listen({ host: config.host, port: config.port });
  if (config.metricsPort !== null) await serveMetrics(metrics, config.host, config.metricsPort);
  app.services.readiness.ready();
  if (config.backfillMonths > 0) app.services.backfill.start(config.backfillMonths);
  for (const { endpoint, sandbox } of sandboxes) {
    log.info(
      { url: sandbox.url },
      `sandbox of ${endpoint.title} on ${sandbox.url}; PUT /_sandbox/faults makes it misbehave`,
    );
  }
  log.info({ url, version, store: store.kind }, `cost-gateway ${version} answers on ${url}`);
  log.info({}, `overview ${url}/   reference ${url}/docs   document ${url}/openapi.json`);
  log.info({}, `try: curl '${url}/v1/costs?granularity=monthly&groupBy=provider'`);
} catch (cause) {
  process.stderr.write(
    `cannot listen on ${config.host}:${config.port}: ${cause instanceof Error ? cause.message : 'unknown'}\n`,
  );
  process.exit(1);
}
