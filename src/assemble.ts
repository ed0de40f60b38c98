import { openAccountService } from './account/service.ts';
import { openAnomalyService } from './anomaly/service.ts';
import { openLists } from './answer/listing.ts';
import { openPager } from './answer/pager.ts';
import type { AppOptions } from './app.ts';
import { openBudgetService } from './budget/service.ts';
import { openChangeService } from './change/service.ts';
import { openChargeService } from './charge/service.ts';
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
import { openCostCenterService } from './cost-center/service.ts';
import { openDimensionService } from './dimension/service.ts';
import { openDimensionValues } from './dimension/values.ts';
import { openExchangeRateService } from './exchange-rate/service.ts';
import { openHeldReadings } from './gather/held-reading.ts';
import { openMonitorService } from './monitor/service.ts';
import type { Services } from './operation/services.ts';
import type { Connection } from './provider/connection.ts';
import { openProviderService } from './provider/service.ts';
import { Readiness } from './readiness.ts';
import { openRecommendationService } from './recommendation/service.ts';
import { secretBytes } from './store/secret-bytes.ts';
import type { Metrics } from './telemetry/metrics.ts';
import type { Writes } from './write/writes.ts';

/** Everything the handlers use, over these connections and this store. */
export const assemble = async (
  options: AppOptions,
  connections: readonly Connection[],
  metrics: Metrics,
  writes: Writes,
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
  const filler = openFiller(clock, store, keeper);
  const holdings = openHoldings({ clock, shelf, filler, staleIfErrorMs: options.staleIfErrorMs });
  const rates = openRates(held, options.exchangeRates, clock);
  const engine = openCostEngine({ clock, keeper, holdings, rates });
  const defined = options.monitors;
  const monitors = openMonitorService({ clock, store, held, pager, engine, connections, writes, defined });
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
    budgets: openBudgetService({ clock, store, held, pager, engine, connections, writes, defined: options.budgets }),
    anomalies: openAnomalyService({ clock, engine, held, pager, connections, ownMonitors: monitors.own }),
    monitors,
    accounts: openAccountService(lists),
    costCenters: openCostCenterService(lists),
    recommendations: openRecommendationService(lists),
    dimensions: openDimensionService(held, pager, connections),
    dimensionValues: openDimensionValues({ clock, engine, pager, connections }),
    providers: openProviderService({
      connections,
      keeper,
      shelf,
      pager,
      storeWarning: options.storeWarning ?? null,
      monotonic: () => clock.monotonic(),
    }),
    readiness: new Readiness(() => ({
      store: store.kind,
      durable: store.durable,
      storeState: options.storeState?.() ?? 'ok',
    })),
    metrics,
  };
};
