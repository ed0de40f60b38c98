import type { Operation } from '../src/operation/define.ts';
import { createBudget } from './create-budget.ts';
import { forecastCosts } from './forecast-costs.ts';
import { getBudget } from './get-budget.ts';
import { getBudgetHistory } from './get-budget-history.ts';
import { healthLive, healthReady } from './health.ts';
import { listAccounts } from './list-accounts.ts';
import { listAnomalies } from './list-anomalies.ts';
import { listBudgets } from './list-budgets.ts';
import { listChanges } from './list-changes.ts';
import { listCharges } from './list-charges.ts';
import { listCosts } from './list-costs.ts';
import { listDimensions } from './list-dimensions.ts';
import { listExchangeRates } from './list-exchange-rates.ts';
import { listProviders } from './list-providers.ts';
import { metrics } from './metrics.ts';
import { removeBudget } from './remove-budget.ts';
import { replaceBudget } from './replace-budget.ts';
import { summariseCosts } from './summarise-costs.ts';

/** The API at a glance. */
export const operations: readonly Operation[] = [
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
  listDimensions,
  listAccounts,
  listProviders,
  healthLive,
  healthReady,
  metrics,
];
