import { addDays, type Day } from '../../src/domain/day.ts';
import type { Secret, VendorRequest } from '../../src/vendor/kit/index.ts';
import { operations } from './catalogue.ts';

/** The part of a request that the catalogue settles; `{name}` in the path is filled from `parameters`. */
export const begin = (
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
export const readBudgetHistory = (budgetId: string): VendorRequest =>
  begin(operations.budgetHistory, { budget_id: budgetId });

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

const occurrenceQuery = (anomalyId: string, detectedTime: string): [string, string][] => [
  ['anomaly_id', anomalyId],
  ['detected_time', detectedTime],
];
export const readAnomalyMeta = (anomalyId: string, detectedTime: string): VendorRequest => ({
  ...begin(operations.anomalyMeta),
  query: occurrenceQuery(anomalyId, detectedTime),
});
export const readAnomalyCauses = (anomalyId: string, detectedTime: string): VendorRequest => ({
  ...begin(operations.anomalyCauses),
  query: occurrenceQuery(anomalyId, detectedTime),
});
export const readSimilarAnomalies = (anomalyId: string, start: Day, end: Day): VendorRequest => ({
  ...begin(operations.similarAnomalies),
  query: [['anomaly_id', anomalyId], ...rangeQuery(start, end)],
});

/** All checks of one kind of account, whether they have found something or not. */
export const readAnomalyChecks = (
  accountType: (typeof budgetAccountTypes)[number],
  start: Day,
  end: Day,
): VendorRequest => ({
  ...begin(operations.anomalyChecks),
  query: [['type', '2'], ['anomaly_status', '0'], ['account_type', accountType], ...rangeQuery(start, end)],
});

export const readCostCenters = (): VendorRequest => begin(operations.costCenters);
export const readGuidances = (): VendorRequest => begin(operations.guidances);
/** The id stands in the path and in the query. */
export const readReservations = (costAccountId: string): VendorRequest => ({
  ...begin(operations.reservations, { cost_account_id: costAccountId }),
  query: [['cost_account_id', costAccountId]],
});

/** What commitments and discounts saved, by billing account. Its cost type is the same for every cloud. */
export const readSavings = (
  costAccountId: string,
  billingAccountIds: readonly string[],
  start: Day,
  end: Day,
): VendorRequest => ({
  ...begin(operations.savings),
  json: {
    ...rangeOf(start, end),
    period: 1,
    cost_tags: [],
    cost_type: 0,
    accounts: [{ cost_account_id: costAccountId, billing_account_ids: billingAccountIds }],
  },
});
