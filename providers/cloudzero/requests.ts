import type { CostType } from '../../src/domain/cost.ts';
import type { Day } from '../../src/domain/day.ts';
import type { VendorRequest } from '../../src/vendor/kit/index.ts';
import { type Operation, operations } from './catalogue.ts';

export const costQuota = 'cost-queries';
const listLimit = '100';

export interface CostQuery {
  readonly start: Day;
  readonly end: Day;
  readonly costType: CostType;
  readonly granularity: 'daily' | 'monthly';
  /** Vendor dimension ids. */
  readonly groupBy: readonly string[];
}

/** The published dialect's words; the live ones append `_cost`. */
const costWords = {
  billed: 'billed',
  effective: 'discounted_amortized',
  list: 'on_demand',
  contracted: 'discounted',
} as const satisfies Record<CostType, string>;

const midnight = (day: Day): string => `${day}T00:00:00Z`;

export const requestOf = (operation: Operation, id = ''): VendorRequest => ({
  operation: operation.id,
  method: operation.method,
  path: operation.path.replace('{id}', encodeURIComponent(id)),
  effect: operation.effect,
});

/** The vendor answers a repeated key as before and applies the write once. */
export const idempotencyHeader = (key: string) => ({ headers: { 'cloudzero-idempotency-key': key } });

/**
 * Only the first page counts against the daily allowance. It is sent once, since a query that timed out counts as well.
 */
const chargedQuery = { quota: costQuota, attemptsMax: 1 } as const;

export const cursorQuery = (cursor: string | null) => (cursor === null ? [] : [['cursor', cursor] as const]);

/** A page of a live list. The cursor carries the size of the pages: the vendor follows it without `limit`. */
export const listQuery = (cursor: string | null) =>
  cursor === null ? [['limit', listLimit] as const] : cursorQuery(cursor);

export const firstPage: Pick<VendorRequest, 'query'> = {
  query: [
    ['page', '1'],
    ['page_size', listLimit],
  ],
};

/** Where a published `pagination.next` leads. */
export type Link = Pick<VendorRequest, 'path' | 'query'>;

export const liveCostRequest = (query: CostQuery, cursor: string | null): VendorRequest => ({
  ...requestOf(operations.getBillingCosts),
  ...(cursor === null ? chargedQuery : {}),
  query: [
    ['start_date', midnight(query.start)],
    ['end_date', midnight(query.end)],
    ['granularity', query.granularity],
    ...query.groupBy.map((id) => ['group_by', id] as const),
    ['cost_type', `${costWords[query.costType]}_cost`],
    ...cursorQuery(cursor),
  ],
});

/** Following a link repeats the body. */
export const publishedCostRequest = (query: CostQuery, link: Link | null): VendorRequest => ({
  ...requestOf(operations.queryBillingCosts),
  ...(link ?? chargedQuery),
  json: {
    start: midnight(query.start),
    end: midnight(query.end),
    group_by: query.groupBy,
    granularity: query.granularity,
    cost_type: costWords[query.costType],
  },
});

/** Free in both dialects: the two answers differ in shape, which tells them apart. */
export const dimensionsRequest = (): VendorRequest => requestOf(operations.getBillingDimensions);
