import type { AccountService } from '../account/service.ts';
import type { AnomalyService } from '../anomaly/service.ts';
import type { BudgetService } from '../budget/service.ts';
import type { ChangeService } from '../change/service.ts';
import type { ChargeService } from '../charge/service.ts';
import type { ForecastService } from '../cost/forecast-service.ts';
import type { CostService } from '../cost/service.ts';
import type { CostCenterService } from '../cost-center/service.ts';
import type { DimensionService } from '../dimension/service.ts';
import type { DimensionValueService } from '../dimension/values.ts';
import type { ExchangeRateService } from '../exchange-rate/service.ts';
import type { MonitorService } from '../monitor/service.ts';
import type { ProviderService } from '../provider/service.ts';
import type { Readiness } from '../readiness.ts';
import type { RecommendationService } from '../recommendation/service.ts';
import type { Metrics } from '../telemetry/metrics.ts';

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
