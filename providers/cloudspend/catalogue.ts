/**
 * The vendor operations that are used, under the ids of its own reference; requests take their ids from here.
 * `scope` is what the refresh token must have been granted; null where none is asked for.
 */
export const operations = {
  refreshAccessToken: {
    id: 'refresh-access-token',
    method: 'POST',
    path: '/oauth/v2/token',
    effect: 'read',
    scope: null,
  },
  displayCurrency: {
    id: 'get-current-display-currency-setting',
    method: 'GET',
    path: '/cs/api/cost/display_currency',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  availableRange: {
    id: 'get-available-data-range-for-summary-report',
    method: 'GET',
    path: '/cs/api/cost/cloud_available_range',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  accountsData: {
    id: 'get-available-accounts-for-cost-reports-allocation-and-savings',
    method: 'GET',
    path: '/cs/api/cost/reports/accounts_data',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  accountsOverview: {
    id: 'get-accounts-for-budget-management',
    method: 'GET',
    path: '/cs/api/cost/budget/accounts',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  sankey: {
    id: 'get-sankey-chart-data-summary-report-step-4',
    method: 'GET',
    path: '/cs/api/cost/sankey_chart_data',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  trendBox: {
    id: 'get-trend-chart-data-for-custom-dashboard-widgets-only',
    method: 'POST',
    path: '/cs/api/cost/custom_report/trend_box',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  budgetDashboard: {
    id: 'get-budget-dashboard-data',
    method: 'GET',
    path: '/cs/api/cost/budget/dashboard',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  budgetInfo: {
    id: 'get-detailed-budget-information',
    method: 'GET',
    path: '/cs/api/cost/budget/budget_info/{budget_id}',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  anomalySummary: {
    id: 'get-zia-anomaly-detection-summary',
    method: 'GET',
    path: '/cs/api/reports/anomaly/summary',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  anomalyList: {
    id: 'get-anomaly-detection-list-by-category',
    method: 'GET',
    path: '/cs/api/reports/anomaly/summary/list',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  anomalyData: {
    id: 'get-detailed-anomaly-analysis-data',
    method: 'GET',
    path: '/cs/api/reports/anomaly/summary/list/data',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
  exchangeRates: {
    id: 'get-historical-exchange-rates-by-month',
    method: 'GET',
    path: '/cs/api/cost/exchange_rates',
    effect: 'read',
    scope: 'CloudSpend.Internal.Read',
  },
} as const;

/** The scope that an operation needs, for the sentence that says it is missing. */
export const scopeOf = (operationId: string): string | null =>
  Object.values(operations).find((operation) => operation.id === operationId)?.scope ?? null;
