import type { BudgetDefinition, ExportDefinition, MonitorDefinition } from '../config/file-schemas.ts';
import { createBacklog } from '../costs/backlog.ts';
import { createCostEngine } from '../costs/engine.ts';
import { createRates } from '../costs/rates.ts';
import type { SourcedRate } from '../costs/rows/convert.ts';
import { createChangeLog } from '../costs/segments/change-log.ts';
import { createSegmentCache } from '../costs/segments/segment-cache.ts';
import { createSegmentFetcher } from '../costs/segments/segment-fetch.ts';
import { createSegmentStore } from '../costs/segments/segment-store.ts';
import { createSegmentWriter } from '../costs/segments/segment-writer.ts';
import { createStoredCosts } from '../costs/stored-costs.ts';
import { createVendorForecasts } from '../costs/vendor-forecast.ts';
import type { Clock } from '../domain/clock.ts';
import { createAccountFigures } from '../services/account-figures.ts';
import { createAccountService } from '../services/accounts.ts';
import { type AnomalyService, createAnomalyService } from '../services/anomaly/service.ts';
import { type Backfill, createBackfill } from '../services/backfill.ts';
import { type ChangeService, createChangeService } from '../services/changes.ts';
import { type ChargeService, createChargeService } from '../services/charges.ts';
import { createCostCenterService } from '../services/cost-centers.ts';
import { createForecastService, type ForecastService } from '../services/cost-forecasts.ts';
import { type CostService, createCostService } from '../services/costs.ts';
import { type Deliveries, openDeliveries } from '../services/deliveries/deliveries.ts';
import { createDimensionValueService, type DimensionValueService } from '../services/dimension-values.ts';
import { createDimensionService, type DimensionService } from '../services/dimensions.ts';
import { createExchangeRateService, type ExchangeRateService } from '../services/exchange-rates.ts';
import { createExportService, type ExportService } from '../services/exports/exports.ts';
import { createFirstCheck, type FirstCheck } from '../services/first-check.ts';
import { createLister } from '../services/lister.ts';
import { type BudgetService, createBudgetService } from '../services/managed/budget/budgets.ts';
import { createMonitorService, type MonitorService } from '../services/managed/monitor/monitors.ts';
import { createMeasurementService, type MeasurementService } from '../services/measurements/measurements.ts';
import { createNativeService, type NativeService } from '../services/native/native.ts';
import { createOperationService, type OperationService } from '../services/native/operations.ts';
import { type KeptSnapshots, keepSnapshots } from '../services/paging/kept-snapshots.ts';
import { createPager } from '../services/paging/pager.ts';
import type { ListService } from '../services/plain-list.ts';
import { createProviderService, type ProviderService } from '../services/providers.ts';
import { createRecommendationService } from '../services/recommendations.ts';
import type { Writes } from '../services/writes/writes.ts';
import { createMemoryBudget } from '../store/memory-budget.ts';
import { secretBytes } from '../store/secret-bytes.ts';
import type { Store } from '../store/store.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Connection } from '../vendor/connection.ts';
import { createListCache } from '../vendor/list-cache.ts';
import { createWritten } from '../vendor/written.ts';
import { memoryShares } from './memory-shares.ts';
import { Readiness, type ReadinessDetails, storeCheck } from './readiness.ts';

/** What handlers may use. They get it with each request and never import it. */
export interface Services {
  readonly costs: CostService;
  readonly forecasts: ForecastService;
  readonly charges: ChargeService;
  readonly changes: ChangeService;
  readonly exchangeRates: ExchangeRateService;
  readonly budgets: BudgetService;
  readonly anomalies: AnomalyService;
  readonly monitors: MonitorService;
  readonly accounts: ListService;
  readonly costCenters: ListService;
  readonly recommendations: ListService;
  readonly dimensions: DimensionService;
  readonly dimensionValues: DimensionValueService;
  readonly deliveries: Deliveries;
  readonly exports: ExportService;
  readonly measurements: MeasurementService;
  readonly native: NativeService;
  readonly operations: OperationService;
  readonly providers: ProviderService;
  readonly firstCheck: FirstCheck;
  readonly backfill: Backfill;
  /** Null where the store holds no more than the memory of this process. */
  readonly keptSnapshots: KeptSnapshots | null;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
}

export interface ServiceOptions {
  readonly clock: Clock;
  readonly store: Store;
  /**
   * The store for writes and for what the gateway manages, which throws while it cannot protect them. Absent: `store`.
   */
  readonly protectingStore?: Store;
  readonly log: Log;
  readonly cacheBytesMax: number;
  readonly staleIfErrorMs: number;
  readonly exchangeRates: readonly SourcedRate[];
  /** Budgets of the connections file. */
  readonly budgets?: readonly BudgetDefinition[];
  /** Monitors of the connections file. */
  readonly monitors?: readonly MonitorDefinition[];
  /** Bills of the connections file that are sent every day. */
  readonly exports?: readonly ExportDefinition[];
  /** Memory that the store takes for its last values. */
  readonly mirrorBytes?: () => number;
  /** `lost` while a shared store cannot be reached, `unwritable` while the embedded one cannot be written. */
  readonly storeState?: () => ReadinessDetails['storeState'];
  /** What is wrong with what is stored; null if nothing is. */
  readonly storeWarning?: () => string | null;
}

export const createServices = async (
  options: ServiceOptions,
  connections: readonly Connection[],
  metrics: Metrics,
  writes: Writes,
): Promise<Services> => {
  const { clock, store, log, staleIfErrorMs } = options;
  const shares = memoryShares(options.cacheBytesMax);
  const onFault = (what: string, cause: unknown) =>
    log.warn({ cause: cause instanceof Error ? cause.message : String(cause) }, what);
  const storeWarning = options.storeWarning ?? (() => null);
  const secret = await secretBytes(store, clock, 'cursor');
  const memory = createMemoryBudget(clock, shares.kept);
  const kept = store.kind === 'memory' ? null : keepSnapshots({ store, clock, onFault });
  const paging = { secret, memory, kept };
  const pager = createPager(paging);
  const lister = createLister(pager, connections);
  const written = createWritten(store, clock);
  const listCache = createListCache(store, clock, staleIfErrorMs, memory, written);

  const segmentCache = createSegmentCache(clock, store, shares.segments, onFault);
  const changeLog = createChangeLog(store, clock, onFault);
  const segmentWriter = createSegmentWriter(clock, segmentCache, changeLog);
  const segmentFetcher = createSegmentFetcher(clock, store, segmentWriter);
  const segmentStore = createSegmentStore({ clock, segmentCache, segmentFetcher, staleIfErrorMs });
  const rates = createRates(listCache, options.exchangeRates, clock);
  const engine = createCostEngine({ clock, segmentWriter, segmentStore, rates, memory });
  metrics.before(async () => {
    metrics.cache('segments', segmentCache.bytes, shares.segments);
    metrics.cache('kept', memory.bytes, shares.kept);
    metrics.cache('mirror', options.mirrorBytes?.() ?? 0, shares.mirror);
  });

  const storedCosts = createStoredCosts({ clock, segmentCache, segmentStore, segmentWriter });
  const accountFigures = createAccountFigures({ clock, listCache, engine, storedCosts });
  const firstCheck = createFirstCheck({ clock, log, connections });
  const backlog = createBacklog(clock, segmentStore);
  const backfill = createBackfill({ clock, store, log, backlog, connections });

  const deliveries = openDeliveries({ clock, log, store: options.protectingStore ?? store });
  const managedOptions = {
    clock,
    store,
    protectingStore: options.protectingStore ?? store,
    storeLost: () => options.storeState?.() === 'lost',
    listCache,
    lister,
    engine,
    connections,
    writes,
  };
  const monitors = createMonitorService({ ...managedOptions, defined: options.monitors });
  return {
    costs: createCostService({ clock, engine, pager: createPager(paging), connections }),
    forecasts: createForecastService({
      clock,
      engine,
      pager: createPager(paging),
      vendorForecasts: createVendorForecasts(listCache, rates, clock),
      connections,
    }),
    charges: createChargeService({ clock, engine, pager: createPager(paging), connections }),
    changes: createChangeService(clock, changeLog, createLister(createPager(paging), connections)),
    exchangeRates: createExchangeRateService(rates, lister),
    budgets: createBudgetService({ ...managedOptions, defined: options.budgets }),
    anomalies: createAnomalyService({ clock, engine, listCache, lister, connections, ownMonitors: monitors.own }),
    monitors,
    accounts: createAccountService(accountFigures, lister),
    costCenters: createCostCenterService(listCache, accountFigures, lister),
    recommendations: createRecommendationService(listCache, lister),
    dimensions: createDimensionService(listCache, lister),
    dimensionValues: createDimensionValueService({ clock, engine, lister }),
    deliveries,
    exports: createExportService({
      clock,
      log,
      store: options.protectingStore ?? store,
      deliveries,
      engine,
      connections,
      daily: options.exports ?? [],
    }),
    measurements: createMeasurementService({ clock, store, connections, deliveries, writes }),
    native: createNativeService({ store, clock, connections, writes, written }),
    operations: createOperationService(lister),
    firstCheck,
    providers: createProviderService({
      firstCheck,
      connections,
      segmentWriter,
      segmentCache,
      pager,
      backfill,
      storeWarning,
      monotonic: () => clock.monotonic(),
    }),
    backfill,
    keptSnapshots: kept,
    readiness: new Readiness(() => {
      const storeState = options.storeState?.() ?? 'ok';
      const checks = [storeCheck(storeState, storeWarning() !== null, store.durable)];
      return { store: store.kind, durable: store.durable, storeState, checks };
    }),
    metrics,
  };
};
