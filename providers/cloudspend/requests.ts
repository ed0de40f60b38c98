import { addDays, type Day } from '../../src/domain/day.ts';
import type { Secret, VendorRequest } from '../../src/vendor/kit/index.ts';
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
});

/** The vendor's ranges include their last day; ours end before it. */
export const rangeOf = (start: Day, end: Day) => ({ start_date: start, end_date: addDays(end, -1) });
export const rangeQuery = (start: Day, end: Day): [string, string][] => Object.entries(rangeOf(start, end));

export const accessTokenRequest = (clientId: string, clientSecret: Secret, refreshToken: Secret): VendorRequest => ({
  ...requestOf(operations.refreshAccessToken),
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

export const displayCurrencyRequest = (): VendorRequest => requestOf(operations.displayCurrency);
export const availableRangeRequest = (): VendorRequest => requestOf(operations.availableRange);

/** Cost by cloud, category, region and service over a range, of all accounts. */
export const sankeyRequest = (start: Day, end: Day): VendorRequest => ({
  ...requestOf(operations.sankey),
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

/**
 * Cost by service and day of one billing account. Of several operations with this answer, only this one works with the
 * read scope.
 */
export const trendRequest = (question: TrendQuestion): VendorRequest => ({
  ...requestOf(operations.trendBox),
  json: {
    ...rangeOf(question.start, question.end),
    period: 1,
    cost_tags: [],
    cost_type: question.cloud === 0 ? 0 : 20,
    accounts: [{ cost_account_id: question.costAccountId, billing_account_ids: [question.billingAccountId] }],
  },
});

/** 0 accounts, 1 cost centres, 2 solution reports. */
export const accountTypes = ['0', '1', '2'] as const;
