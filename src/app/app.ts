import Fastify, { type FastifyInstance } from 'fastify';
import type { BudgetDefinition, MonitorDefinition } from '../config/file-schemas.ts';
import type { SourcedRate } from '../costs/rows/convert.ts';
import type { Clock } from '../domain/clock.ts';
import type { Overload } from '../server/admission/overload.ts';
import { openRateLimits } from '../server/admission/rate-limits.ts';
import { openAnswerCache } from '../server/answer-cache/answer-cache.ts';
import { type Authenticator, callerHeaders } from '../server/identity/caller-auth.ts';
import type { Operation } from '../server/operation/define.ts';
import { mount } from '../server/operation/mount.ts';
import { type ServerTrust, serverOptions } from '../server/operation/server-options.ts';
import { crossOrigin } from '../server/plugins/cross-origin.ts';
import { requestContext } from '../server/plugins/request-context.ts';
import { securityHeaders } from '../server/plugins/security-headers.ts';
import { openWrites } from '../services/writes/writes.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import { type Connection, openConnection } from '../vendor/connection.ts';
import type { Connector } from '../vendor/contract/contract.ts';
import { assemble } from './services.ts';
import type { Services } from './services-type.ts';

/** A vendor to be connected: what a provider's `connect` gave, under the id it is known by. */
export interface Endpoint {
  readonly id: string;
  readonly provider: string;
  readonly title: string;
  readonly sandbox: boolean;
  readonly connector: Connector;
}

export interface AppOptions {
  readonly endpoints: readonly Endpoint[];
  readonly operations: readonly Operation[];
  readonly clock: Clock;
  readonly store: Store;
  /** For writes: throws where what protects them is lost. Absent, the same. */
  readonly protectingStore?: Store;
  /** Turns away what cannot be served in time; absent, everything is tried. */
  readonly overload?: Overload;
  readonly log: Log;
  readonly authenticate: Authenticator;
  readonly version: string;
  readonly requestDeadlineMs: number;
  readonly cacheBytesMax: number;
  readonly staleIfErrorMs: number;
  readonly exchangeRates: readonly SourcedRate[];
  /** Budgets of the connections file, which the gateway keeps itself. */
  readonly budgets?: readonly BudgetDefinition[];
  /** Monitors of the connections file, likewise. */
  readonly monitors?: readonly MonitorDefinition[];
  /** Whether a shared store can be reached. */
  readonly storeState?: () => 'ok' | 'lost';
  readonly connectionsMax?: number;
  readonly trustProxy?: ServerTrust;
  /** Requests a consumer may make; absent, the default of the configuration. */
  readonly rateLimit?: { readonly limit: number; readonly windowMs: number };
  /** How many processes share what is limited. */
  readonly replicas?: number;
  readonly corsOrigins?: readonly string[];
  /** How long an answer is served again before its figures are looked at anew. */
  readonly answerFreshMs?: number;
  readonly metrics?: Metrics;
  readonly storeWarning?: string | null;
  /** Pages and documents beside the operations. */
  readonly extend?: (server: FastifyInstance, services: Services) => void;
}

export interface App {
  readonly server: FastifyInstance;
  readonly services: Services;
  readonly connections: readonly Connection[];
  close(): Promise<void>;
}

const connect = (options: AppOptions, metrics: Metrics): Connection[] =>
  options.endpoints.map((endpoint) =>
    openConnection({
      ...endpoint,
      store: options.store,
      clock: options.clock,
      userAgent: `cost-gateway/${options.version}`,
      observe: (event) => {
        metrics.upstream(endpoint.id, event);
        options.log.debug({ connection: endpoint.id, ...event }, 'vendor');
      },
    }),
  );

/** Sockets open at once; what comes beyond is closed before it can exhaust the descriptors. */
const connectionsDefault = 4_096;

const idleSweepMs = 100;

/** Node looks for idle sockets once when it closes; one that falls idle after that would hold it for its keep-alive. */
const closeWithIdleSockets = async (server: FastifyInstance, clock: Clock): Promise<void> => {
  let cancel = () => {};
  const sweep = (): void => {
    server.server.closeIdleConnections();
    cancel = clock.after(idleSweepMs, sweep);
  };
  sweep();
  try {
    await server.close();
  } finally {
    cancel();
  }
};

/** Wires everything together. Nothing leaves for a vendor and nothing listens until it is told to. */
export const buildApp = async (options: AppOptions): Promise<App> => {
  const { clock, log, operations } = options;
  const metrics = options.metrics ?? createMetrics();
  const connections = connect(options, metrics);
  metrics.before(async () => {
    metrics.storeReachable((options.storeState?.() ?? 'ok') === 'ok');
    if (options.overload !== undefined) metrics.overload(options.overload.state());
    for (const { id, upstream } of connections) {
      for (const { name, spent, limit } of (await upstream.state()).quotas) metrics.quota(id, name, spent, limit);
    }
  });
  const writes = openWrites({ store: options.protectingStore ?? options.store, clock, log, connections });
  const services = await assemble(options, connections, metrics, writes);
  const server = Fastify(
    serverOptions({ clock, log, ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }) }),
  );
  const limits = openRateLimits({
    clock,
    log,
    store: options.store,
    replicas: options.replicas ?? 1,
    ...(options.rateLimit ?? { limit: 600, windowMs: 60_000 }),
  });
  const answers = openAnswerCache({
    clock,
    bytesMax: Math.floor(options.cacheBytesMax / 8),
    live: ['listProviders'],
    ...(options.answerFreshMs === undefined ? {} : { freshMs: options.answerFreshMs }),
  });
  server.server.maxConnections = options.connectionsMax ?? connectionsDefault;
  securityHeaders(server);
  requestContext(server, { log });
  crossOrigin(server, options.corsOrigins ?? []);
  limits.watch(server);
  server.addHook('onSend', async (_request, reply) => {
    if (services.readiness.state === 'draining') reply.header('connection', 'close');
  });
  server.addHook('onResponse', async (request, reply) => {
    metrics.request(request.routeOptions.config.operation ?? 'other', reply.statusCode, reply.elapsedTime);
  });
  mount(server, operations, {
    services,
    clock,
    log,
    requestDeadlineMs: options.requestDeadlineMs,
    authenticate: limits.guard((request) => options.authenticate(callerHeaders(request))),
    admit: async (operation, request, reply) => {
      options.overload?.admit(operation, request);
      await limits.admit(operation, request, reply);
    },
    around: (call, run) =>
      answers.around(call, (changes) => {
        const work = () => writes.around(call, () => run(changes));
        return options.overload === undefined ? work() : options.overload.around(call, work);
      }),
  });
  // Writes that an earlier process left without an answer are looked for.
  server.addHook('onListen', async () => writes.start());
  options.extend?.(server, services);
  await server.ready();
  return {
    server,
    services,
    connections,
    close: async () => {
      await closeWithIdleSockets(server, clock);
      options.overload?.close();
      writes.close();
      await Promise.all(connections.map((connection) => connection.upstream.close()));
    },
  };
};
