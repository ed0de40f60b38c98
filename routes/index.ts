import type { Services } from '../src/app/services.ts';
import type { Operation } from '../src/server/operation/operation.ts';
import { createAnomalyMonitor } from './create-anomaly-monitor.ts';
import { createBudget } from './create-budget.ts';
import { exportAnyCost } from './export-any-cost.ts';
import { forecastCosts } from './forecast-costs.ts';
import { getAnomaly } from './get-anomaly.ts';
import { getAnomalyMonitor } from './get-anomaly-monitor.ts';
import { getBudget } from './get-budget.ts';
import { getBudgetHistory } from './get-budget-history.ts';
import { getDelivery } from './get-delivery.ts';
import { getExport } from './get-export.ts';
import { healthLive } from './health-live.ts';
import { healthReady } from './health-ready.ts';
import { listAccounts } from './list-accounts.ts';
import { listAnomalies } from './list-anomalies.ts';
import { listAnomalyMonitors } from './list-anomaly-monitors.ts';
import { listBudgets } from './list-budgets.ts';
import { listChanges } from './list-changes.ts';
import { listCharges } from './list-charges.ts';
import { listCostCenters } from './list-cost-centers.ts';
import { listCosts } from './list-costs.ts';
import { listDimensionValues } from './list-dimension-values.ts';
import { listDimensions } from './list-dimensions.ts';
import { listExchangeRates } from './list-exchange-rates.ts';
import { listOperations } from './list-operations.ts';
import { listProviders } from './list-providers.ts';
import { listRecommendations } from './list-recommendations.ts';
import { metrics } from './metrics.ts';
import { removeAnomalyMonitor } from './remove-anomaly-monitor.ts';
import { removeBudget } from './remove-budget.ts';
import { removeUnitMetrics } from './remove-unit-metrics.ts';
import { replaceAnomalyMonitor } from './replace-anomaly-monitor.ts';
import { replaceBudget } from './replace-budget.ts';
import { resetProvider } from './reset-provider.ts';
import { sendAllocations } from './send-allocations.ts';
import { sendUnitMetrics } from './send-unit-metrics.ts';
import { summariseCosts } from './summarise-costs.ts';

/** The API at a glance. */
export const operations: readonly Operation<Services>[] = [
  listCosts,
  summariseCosts,
  forecastCosts,
  listCharges,
  listChanges,
  listExchangeRates,
  listBudgets,
  getBudget,
  getBudgetHistory,
  createBudget,
  replaceBudget,
  removeBudget,
  listAnomalies,
  getAnomaly,
  listAnomalyMonitors,
  getAnomalyMonitor,
  createAnomalyMonitor,
  replaceAnomalyMonitor,
  removeAnomalyMonitor,
  listDimensions,
  listDimensionValues,
  listAccounts,
  listCostCenters,
  listRecommendations,
  sendUnitMetrics,
  sendAllocations,
  removeUnitMetrics,
  getDelivery,
  exportAnyCost,
  getExport,
  listProviders,
  resetProvider,
  listOperations,
  healthLive,
  healthReady,
  metrics,
];
