import type { AccountService } from '../services/accounts.ts';
import type { AnomalyService } from '../services/anomaly/service.ts';
import type { ChangeService } from '../services/changes.ts';
import type { ChargeService } from '../services/charges.ts';
import type { CostCenterService } from '../services/cost-centers.ts';
import type { ForecastService } from '../services/cost-forecasts.ts';
import type { CostService } from '../services/costs.ts';
import type { DimensionValueService } from '../services/dimension-values.ts';
import type { DimensionService } from '../services/dimensions.ts';
import type { ExchangeRateService } from '../services/exchange-rates.ts';
import type { BudgetService } from '../services/managed/budget/service.ts';
import type { MonitorService } from '../services/managed/monitor/service.ts';
import type { ProviderService } from '../services/providers.ts';
import type { RecommendationService } from '../services/recommendations.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Readiness } from './readiness.ts';

/** What handlers may use. Given to them by context, never imported. */
export interface Services {
  readonly costs: CostService;
  readonly forecasts: ForecastService;
  readonly charges: ChargeService;
  readonly changes: ChangeService;
  readonly exchangeRates: ExchangeRateService;
  readonly budgets: BudgetService;
  readonly anomalies: AnomalyService;
  readonly monitors: MonitorService;
  readonly accounts: AccountService;
  readonly costCenters: CostCenterService;
  readonly recommendations: RecommendationService;
  readonly dimensions: DimensionService;
  readonly dimensionValues: DimensionValueService;
  readonly providers: ProviderService;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
}
