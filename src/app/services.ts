import { openCostEngine } from '../costs/engine.ts';
import { openRates } from '../costs/rates.ts';
import { openJournal } from '../costs/segments/change-log.ts';
import { openShelf } from '../costs/segments/segment-cache.ts';
import { openFiller } from '../costs/segments/segment-fetch.ts';
import { openHoldings } from '../costs/segments/segment-store.ts';
import { openKeeper } from '../costs/segments/segment-writer.ts';
import { openVendorForecasts } from '../costs/vendor-forecast.ts';
import { openAccountService } from '../services/accounts.ts';
import { openAnomalyService } from '../services/anomaly/service.ts';
import { openChangeService } from '../services/changes.ts';
import { openChargeService } from '../services/charges.ts';
import { openCostCenterService } from '../services/cost-centers.ts';
import { openForecastService } from '../services/cost-forecasts.ts';
import { openCostService } from '../services/costs.ts';
import { openDimensionValues } from '../services/dimension-values.ts';
import { openDimensionService } from '../services/dimensions.ts';
import { openExchangeRateService } from '../services/exchange-rates.ts';
import { openLists } from '../services/lists.ts';
import { openBudgetService } from '../services/managed/budget/service.ts';
import { openMonitorService } from '../services/managed/monitor/service.ts';
import { openPager } from '../services/pager.ts';
import { openProviderService } from '../services/providers.ts';
import { openRecommendationService } from '../services/recommendations.ts';
import type { Writes } from '../services/writes/writes.ts';
import { secretBytes } from '../store/secret-bytes.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Connection } from '../vendor/connection.ts';
import { openHeldReadings } from '../vendor/list-cache.ts';
import type { AppOptions } from './app.ts';
import { Readiness } from './readiness.ts';
import type { Services } from './services-type.ts';

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
