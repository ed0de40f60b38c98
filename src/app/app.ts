import Fastify, { type FastifyInstance } from 'fastify';
import type { Clock } from '../domain/clock.ts';
import { whoAsks } from '../server/admission/client-address.ts';
import { createRateLimits } from '../server/admission/rate-limits.ts';
import { type LimitedSockets, limitSockets } from '../server/admission/sockets.ts';
import { createAnswerCache } from '../server/answer-cache/answer-cache.ts';
import { callerHeaders } from '../server/identity/caller-auth.ts';
import { mountNative, nativeEntries } from '../server/native/mount-native.ts';
import { changingRequestOf } from '../server/operation/changing-request.ts';
import { type MountOptions, mount } from '../server/operation/mount.ts';
import { serverOptions } from '../server/operation/server-options.ts';
import { crossOrigin } from '../server/plugins/cross-origin.ts';
import { requestContext } from '../server/plugins/request-context.ts';
import { securityHeaders } from '../server/plugins/security-headers.ts';
import { openWrites } from '../services/writes/writes.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import { type Connection, openConnection } from '../vendor/connection.ts';
import type { Note } from '../vendor/contract/contract.ts';
import { memoryShares } from './memory-shares.ts';
import type { AppOptions } from './options.ts';
import { createProbes, type Probes } from './probes.ts';
import { openServerDoor } from './server-door.ts';
import { createServices, type Services } from './services.ts';

export interface App {
  readonly server: FastifyInstance;
  readonly services: Services;
  readonly connections: readonly Connection[];
  readonly probes: Probes;
  close(): Promise<void>;
}

/** While the store cannot be written, every answer says that what it was made from is in memory only. */
const notKept: readonly Note[] = [
  {
    code: 'not-kept',
    message:
      'The store of the gateway cannot be written at the moment: what was read from the vendor is in memory only, and would be asked for again after a restart.',
  },
];

const connect = (options: AppOptions, metrics: Metrics): Connection[] =>
  options.endpoints.map((endpoint) =>
    openConnection({
      ...endpoint,
      store: options.store,
      clock: options.clock,
      notes: () => (options.storeState?.() === 'unwritable' ? notKept : []),
      userAgent: `cost-gateway/${options.version}`,
      observe: (event) => {
        metrics.upstream(endpoint.id, event);
        options.log.debug({ connection: endpoint.id, ...event }, 'vendor');
      },
    }),
  );

/** Open sockets, so that file descriptors do not run out. */
const connectionsDefault = 4_096;
const connectionsForHealth = 16;

const idleSweepMs = 100;

/** Node closes idle sockets only once. A socket that becomes idle later would delay the close by its keep-alive time. */
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

/** Builds the app. It neither calls vendors nor listens yet. */
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
  const writes = openWrites({
    store: options.protectingStore ?? options.store,
    clock,
    log,
    connections,
    storeLost: () => options.storeState?.() === 'lost',
  });
  const services = await createServices(options, connections, metrics, writes);
  const { trustProxy = false, overload } = options;
  let sockets: LimitedSockets | null = null;
  const door = openServerDoor({
    clock,
    log,
    metrics,
    operations: [...operations, ...nativeEntries],
    overload,
    trustsProxy: trustProxy !== false,
    passes: ({ socket }) => services.readiness.state === 'draining' || sockets?.onlyHealth(socket) === true,
  });
  const server = Fastify(serverOptions({ clock, log, trustProxy, answersFirst: door.answers }));
  const limits = createRateLimits({
    clock,
    log,
    store: options.store,
    replicas: options.replicas ?? 1,
    onUsed: door.limits,
    ...(options.rateLimit ?? { limit: 600, windowMs: 60_000 }),
  });
  const { answers: answerBytesMax } = memoryShares(options.cacheBytesMax);
  const answers = createAnswerCache({
    clock,
    bytesMax: answerBytesMax,
    live: ['listProviders', 'getExport', 'getDelivery'],
    onStored: door.stored,
    sharedStore: options.store.kind === 'redis' ? options.store : undefined,
    ...(options.answerFreshMs === undefined ? {} : { freshMs: options.answerFreshMs }),
  });
  metrics.before(async () => metrics.cache('answers', answers.bytes, answerBytesMax));
  await options.prepare?.(server);
  securityHeaders(server);
  requestContext(server, { log });
  crossOrigin(server, options.corsOrigins ?? []);
  if (overload !== undefined) {
    server.server.on('connection', overload.connected);
    server.server.on('request', overload.asked);
  }
  sockets = limitSockets(server, { max: options.connectionsMax ?? connectionsDefault, reserved: connectionsForHealth });
  limits.watch(server);
  server.addHook('onSend', async (_request, reply) => {
    if (services.readiness.state === 'draining') reply.header('connection', 'close');
  });
  const probes = createProbes(clock);
  server.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.config.operation === 'healthReady') {
      probes.note(`${request.socket.remoteAddress} ${request.headers['user-agent']}`);
    }
    metrics.request(request.routeOptions.config.operation ?? 'other', reply.statusCode, reply.elapsedTime);
  });
  const mounting: MountOptions = {
    clock,
    log,
    requestDeadlineMs: options.requestDeadlineMs,
    authenticate: limits.guard(async (request) => {
      const consumer = await options.authenticate(callerHeaders(request));
      door.knows(request.raw, whoAsks(consumer, request.ip));
      return consumer;
    }),
    ...(overload === undefined ? {} : { within: overload.within, unseenMs: overload.unseenMs }),
    admit: async (operation, request, reply) => {
      overload?.admit(operation, request);
      await limits.admit(operation, request, reply);
    },
    around: (call, run) =>
      answers.around(call, (changes) => {
        const work = () => run(changes);
        return overload === undefined ? work() : overload.around(call, work);
      }),
    once: (call, run) => writes.once(changingRequestOf(call), run),
  };
  mount(server, operations, services, mounting);
  mountNative(server, services.native, mounting);
  // Finds the outcome of writes that an earlier process left open.
  server.addHook('onListen', async () => writes.start());
  server.addHook('onListen', async () => services.firstCheck.start());
  server.addHook('onListen', async () => services.deliveries.open());
  server.addHook('onListen', async () => services.exports.open());
  options.extend?.(server, services);
  await server.ready();
  return {
    server,
    services,
    connections,
    probes,
    close: async () => {
      await closeWithIdleSockets(server, clock);
      overload?.close();
      door.close();
      services.backfill.close();
      services.exports.close();
      await services.deliveries.close();
      writes.close();
      await services.keptSnapshots?.settled();
      await Promise.all(connections.map((connection) => connection.upstream.close()));
    },
  };
};
