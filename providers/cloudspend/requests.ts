import type { Day } from '../../src/domain/day.ts';
import type { QuotaLimit, Secret, VendorRequest } from '../../src/vendor/kit/index.ts';
import { operations } from './catalogue.ts';

/** The part of a request that the catalogue determines; `{name}` in the path is filled from `parameters`. */
export const requestOf = (
  operation: (typeof operations)[keyof typeof operations],
  parameters: Readonly<Record<string, string>> = {},
): VendorRequest => ({
  operation: operation.id,
  method: operation.method,
  path: operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(parameters[name] ?? '')),
  effect: operation.effect,
  ...('origin' in operation ? { origin: operation.origin } : { quota: callsPerOperation.name }),
});

/**
 * The vendor locks an operation for 22 minutes after 100 calls in two minutes. The rest is left to people who use the
 * same account at the same time.
 */
export const callsPerOperation = {
  name: 'calls-per-operation',
  limit: 80,
  windowMs: 120_000,
  perOperation: true,
  whenSpent: 'wait',
} as const satisfies QuotaLimit;

/** A range as this connection writes it; `dateRange` makes it. */
export interface DateRange {
  readonly start_date: Day;
  readonly end_date: Day;
}
export const rangeQuery = ({ start_date, end_date }: DateRange): [string, string][] => [
  ['start_date', start_date],
  ['end_date', end_date],
];

export const accessTokenRequest = (clientId: string, clientSecret: Secret, refreshToken: Secret): VendorRequest => ({
  ...requestOf(operations.refreshAccessToken),
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

export const displayCurrencyRequest = (): VendorRequest => requestOf(operations.displayCurrency);
export const availableRangeRequest = (): VendorRequest => requestOf(operations.availableRange);

/** Cost by cloud, category, region and service over a range, of all accounts. */
export const sankeyRequest = (range: DateRange): VendorRequest => ({
  ...requestOf(operations.sankey),
  query: [['JSONString', JSON.stringify(range)]],
});

/** What all accounts cost together in a range. */
export const overallCostRequest = (range: DateRange): VendorRequest => ({
  ...requestOf(operations.overallCost),
  query: [['JSONString', JSON.stringify(range)]],
});

/** One billing account over a range. */
export interface AccountQuestion {
  readonly costAccountId: string;
  readonly billingAccountId: string;
  /** 0 AWS, 1 Azure, 2 GCP. */
  readonly cloud: number;
  readonly range: DateRange;
}

const accountBody = (question: AccountQuestion) => ({
  ...question.range,
  period: 1,
  cost_tags: [],
  cost_type: question.cloud === 0 ? 0 : 20,
  accounts: [{ cost_account_id: question.costAccountId, billing_account_ids: [question.billingAccountId] }],
});

/**
 * Cost by service and day of one billing account. Of several operations with this answer, only this one works with the
 * read scope.
 */
export const trendRequest = (question: AccountQuestion): VendorRequest => ({
  ...requestOf(operations.trendBox),
  json: accountBody(question),
});

/** What each region and each service of one billing account cost in a range. */
export const costWidgetsRequest = (question: AccountQuestion): VendorRequest => ({
  ...requestOf(operations.costWidgets),
  json: accountBody(question),
});

/** 0 accounts, 1 cost centres, 2 solution reports. */
export const accountTypes = ['0', '1', '2'] as const;
