import { addDays, type Day } from '../../src/domain/day.ts';
import type { Secret, VendorRequest } from '../../src/provider/index.ts';
import { operations } from './catalogue.ts';

/** The part of a request that the catalogue settles; `{name}` in the path is filled from `parameters`. */
const begin = (
  operation: (typeof operations)[keyof typeof operations],
  parameters: Readonly<Record<string, string>> = {},
): VendorRequest => ({
  operation: operation.id,
  method: operation.method,
  path: operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(parameters[name] ?? '')),
  effect: operation.effect,
});

/** The vendor's last day belongs to the range; ours no longer does. */
const rangeOf = (start: Day, end: Day) => ({ start_date: start, end_date: addDays(end, -1) });
const rangeQuery = (start: Day, end: Day): [string, string][] => Object.entries(rangeOf(start, end));

export const mintAccessToken = (clientId: string, clientSecret: Secret, refreshToken: Secret): VendorRequest => ({
  ...begin(operations.refreshAccessToken),
  origin: 'accounts',
  // In the body, which stays out of logs.
  form: [
    ['client_id', clientId],
    ['client_secret', clientSecret.reveal()],
    ['grant_type', 'refresh_token'],
    ['refresh_token', refreshToken.reveal()],
  ],
  attemptsMax: 1,
  credentials: 'none',
});

export const readDisplayCurrency = (): VendorRequest => begin(operations.displayCurrency);
export const readAvailableRange = (): VendorRequest => begin(operations.availableRange);
export const readAccountsData = (): VendorRequest => begin(operations.accountsData);
export const readAccountsOverview = (): VendorRequest => begin(operations.accountsOverview);
export const readExchangeRates = (): VendorRequest => begin(operations.exchangeRates);

/** Cost by cloud, category, region and service over a range, of all accounts. */
export const readSankey = (start: Day, end: Day): VendorRequest => ({
  ...begin(operations.sankey),
  query: [['JSONString', JSON.stringify(rangeOf(start, end))]],
});

export interface TrendQuestion {
  readonly costAccountId: string;
  readonly billingAccountId: string;
  /** 0 AWS, 1 Azure, 2 GCP. */
  readonly cloud: number;
  readonly start: Day;
  readonly end: Day;
}

/** Cost by service and day of one billing account. Of the clones of this call it is the one that a read scope opens. */
export const readTrend = (question: TrendQuestion): VendorRequest => ({
  ...begin(operations.trendBox),
  json: {
    ...rangeOf(question.start, question.end),
    period: 1,
    cost_tags: [],
    cost_type: question.cloud === 0 ? 0 : 20,
    accounts: [{ cost_account_id: question.costAccountId, billing_account_ids: [question.billingAccountId] }],
  },
});

/** 0 accounts, 1 cost centres, 2 solution reports. */
export const budgetAccountTypes = ['0', '1', '2'] as const;

export const readBudgets = (accountType: (typeof budgetAccountTypes)[number]): VendorRequest => ({
  ...begin(operations.budgetDashboard),
  query: [
    ['type', '1'],
    ['account_type', accountType],
  ],
});
export const readBudgetInfo = (budgetId: string): VendorRequest =>
  begin(operations.budgetInfo, { budget_id: budgetId });

/** The same status is a number in the summary and a word in the list. */
export const anomalyStatuses = [
  { code: '1', word: 'open' },
  { code: '2', word: 'dismissed' },
  { code: '3', word: 'acknowledged' },
] as const;
export type AnomalyStatus = (typeof anomalyStatuses)[number];

export const readAnomalySummary = (status: AnomalyStatus, start: Day, end: Day): VendorRequest => ({
  ...begin(operations.anomalySummary),
  query: [['status', status.code], ...rangeQuery(start, end)],
});
export const readAnomalyList = (status: AnomalyStatus, category: string, start: Day, end: Day): VendorRequest => ({
  ...begin(operations.anomalyList),
  query: [['status', status.word], ['category', category], ...rangeQuery(start, end)],
});
export const readAnomalyData = (anomalyId: string, start: Day, end: Day): VendorRequest => ({
  ...begin(operations.anomalyData),
  query: [['anomaly_id', anomalyId], ...rangeQuery(start, end)],
});
