import Fastify, { type FastifyInstance } from 'fastify';
import { openAccountService } from './account/service.ts';
import { openAnomalyService } from './anomaly/service.ts';
import { openLists } from './answer/listing.ts';
import { openPager } from './answer/pager.ts';
import { openBudgetService } from './budget/service.ts';
import { openChangeService } from './change/service.ts';
import { openChargeService } from './charge/service.ts';
import type { Clock } from './clock.ts';
import type { SourcedRate } from './cost/convert.ts';
import { openCostEngine } from './cost/engine.ts';
import { openFiller } from './cost/fill.ts';
import { openForecastService } from './cost/forecast-service.ts';
import { openHoldings } from './cost/holdings.ts';
import { openJournal } from './cost/journal.ts';
import { openKeeper } from './cost/keeper.ts';
import { openRates } from './cost/rates.ts';
import { openCostService } from './cost/service.ts';
import { openShelf } from './cost/shelf.ts';
import { openVendorForecasts } from './cost/vendor-forecast.ts';
import { openDimensionService } from './dimension/service.ts';
import { openExchangeRateService } from './exchange-rate/service.ts';
import { openHeldReadings } from './gather/held-reading.ts';
import type { Operation } from './operation/define.ts';
import { mount } from './operation/mount.ts';
import { type ServerTrust, serverOptions } from './operation/server-options.ts';
import type { Services } from './operation/services.ts';
import { type Authenticator, callerHeaders } from './plugins/caller-auth.ts';
import { requestContext } from './plugins/request-context.ts';
import { securityHeaders } from './plugins/security-headers.ts';
import { type Connection, openConnection } from './provider/connection.ts';
import type { Connector } from './provider/contract.ts';
import { openProviderService } from './provider/service.ts';
import { Readiness } from './readiness.ts';
import { secretBytes } from './store/secret-bytes.ts';
import type { Store } from './store/store.ts';
import type { Log } from './telemetry/log.ts';
import { type Metrics, openMetrics } from './telemetry/metrics.ts';

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
  readonly log: Log;
  readonly authenticate: Authenticator;
  readonly version: string;
  readonly requestDeadlineMs: number;
  readonly cacheBytesMax: number;
  readonly staleIfErrorMs: number;
  readonly exchangeRates: readonly SourcedRate[];
  readonly trustProxy?: ServerTrust;
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

const assemble = async (
  options: AppOptions,
  connections: readonly Connection[],
  metrics: Metrics,
): Promise<Services> => {
  const { clock, store, log } = options;
  const onFault = (what: string, cause: unknown) =>
    log.warn({ cause: cause instanceof Error ? cause.message : String(cause) }, what);
  const secret = await secretBytes(store, clock, 'cursor');
  const pager = openPager(secret);
  const held = openHeldReadings(store, clock, options.staleIfErrorMs);
  const lists = openLists(held, pager, connections);
  const shelf = openShelf(store, options.cacheBytesMax, onFault);
  const journal = openJournal(store, clock, onFault);
  const keeper = openKeeper(shelf, journal);
  const filler = openFiller(clock, keeper);
  const holdings = openHoldings({ clock, shelf, filler, staleIfErrorMs: options.staleIfErrorMs });
  const rates = openRates(held, options.exchangeRates, clock);
  const engine = openCostEngine({ clock, keeper, holdings, rates });
  return {
    costs: openCostService({ clock, engine, pager: openPager(secret), connections }),
    forecasts: openForecastService({
      clock,
      engine,
      pager: openPager(secret),
      vendorForecasts: openVendorForecasts(held),
      connections,
    }),
    charges: openChargeService({ clock, engine, pager: openPager(secret), connections }),
    changes: openChangeService(clock, journal, openPager(secret), connections),
    exchangeRates: openExchangeRateService(rates, pager, connections),
    budgets: openBudgetService(lists),
    anomalies: openAnomalyService(lists, clock),
    accounts: openAccountService(lists),
    dimensions: openDimensionService(held, pager, connections),
    providers: openProviderService({
      connections,
      keeper,
      shelf,
      pager,
      storeWarning: options.storeWarning ?? null,
      monotonic: () => clock.monotonic(),
    }),
    readiness: new Readiness({ store: store.kind, durable: store.durable }),
    metrics,
  };
};

/** Wires everything together. Nothing leaves for a vendor and nothing listens until it is told to. */
export const buildApp = async (options: AppOptions): Promise<App> => {
  const { clock, log, operations } = options;
  const metrics = options.metrics ?? openMetrics();
  const connections = connect(options, metrics);
  const services = await assemble(options, connections, metrics);
  const server = Fastify(
    serverOptions({ clock, log, ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }) }),
  );
  securityHeaders(server);
  requestContext(server, { log });
  server.addHook('onResponse', async (request, reply) => {
    metrics.request(request.routeOptions.config.operation ?? 'other', reply.statusCode, reply.elapsedTime);
  });
  mount(server, operations, {
    services,
    clock,
    log,
    requestDeadlineMs: options.requestDeadlineMs,
    authenticate: (request) => options.authenticate(callerHeaders(request)),
  });
  options.extend?.(server, services);
  await server.ready();
  return {
    server,
    services,
    connections,
    close: async () => {
      await server.close();
      await Promise.all(connections.map((connection) => connection.upstream.close()));
    },
  };
};
