import type { VendorRequest } from '../../src/vendor/kit/index.ts';
import { telemetryOperations } from './telemetry-operations.ts';

export interface Operation {
  readonly id: string;
  readonly method: VendorRequest['method'];
  readonly path: string;
  readonly effect: VendorRequest['effect'];
  /** What the key must be granted; a 403 names it. Null where the vendor documents no name. */
  readonly scope: string | null;
}

/** The operations of the vendor that are used, in either dialect. */
export const operations = {
  /** Live dialect. */
  getBillingCosts: {
    id: 'getBillingCosts',
    method: 'GET',
    path: '/v2/billing/costs',
    effect: 'read',
    scope: 'billing:read_costs',
  },
  /** Published dialect: a POST that changes nothing. */
  queryBillingCosts: {
    id: 'queryBillingCosts',
    method: 'POST',
    path: '/v2/billing/costs',
    effect: 'read',
    scope: 'billing:read_costs',
  },
  getBillingDimensions: {
    id: 'getBillingDimensions',
    method: 'GET',
    path: '/v2/billing/dimensions',
    effect: 'read',
    scope: 'billing:read_dimensions',
  },
  getBudgets: {
    id: 'getBudgets',
    method: 'GET',
    path: '/v2/budgets',
    effect: 'read',
    scope: 'budgets:read_budgets',
  },
  createBudget: {
    id: 'createBudget',
    method: 'POST',
    path: '/v2/budgets',
    effect: 'write',
    scope: 'budgets:create_budget',
  },
  getOneBudget: {
    id: 'getOneBudget',
    method: 'GET',
    path: '/v2/budgets/{id}',
    effect: 'read',
    scope: 'budgets:read_budget',
  },
  /** Live dialect: keeps what the body does not name. */
  patchOneBudget: {
    id: 'patchOneBudget',
    method: 'PATCH',
    path: '/v2/budgets/{id}',
    effect: 'write',
    scope: 'budgets:update_budget',
  },
  /** Published dialect. */
  updateOneBudget: {
    id: 'updateOneBudget',
    method: 'PUT',
    path: '/v2/budgets/{id}',
    effect: 'write',
    scope: 'budgets:update_budget',
  },
  deleteOneBudget: {
    id: 'deleteOneBudget',
    method: 'DELETE',
    path: '/v2/budgets/{id}',
    effect: 'write',
    scope: 'budgets:delete_budget',
  },
  getInsights: {
    id: 'getInsights',
    method: 'GET',
    path: '/v2/insights',
    effect: 'read',
    scope: 'insights:read_insights',
  },
  createInsight: {
    id: 'createInsight',
    method: 'POST',
    path: '/v2/insights',
    effect: 'write',
    scope: 'insights:create_insight',
  },
  /** Published dialect, the only one in which insights are written. */
  updateOneInsight: {
    id: 'updateOneInsight',
    method: 'PUT',
    path: '/v2/insights/{id}',
    effect: 'write',
    scope: 'insights:update_insight',
  },
  deleteOneInsight: {
    id: 'deleteOneInsight',
    method: 'DELETE',
    path: '/v2/insights/{id}',
    effect: 'write',
    scope: 'insights:delete_insight',
  },
  /** Live dialect. */
  getViews: { id: 'getViews', method: 'GET', path: '/v2/views', effect: 'read', scope: 'views:read_views' },
  getOneView: { id: 'getOneView', method: 'GET', path: '/v2/views/{id}', effect: 'read', scope: 'views:read_view' },
  createView: { id: 'createView', method: 'POST', path: '/v2/views', effect: 'write', scope: null },
  updateView: { id: 'updateView', method: 'PATCH', path: '/v2/views/{id}', effect: 'write', scope: null },
  deleteView: { id: 'deleteView', method: 'DELETE', path: '/v2/views/{id}', effect: 'write', scope: null },
  /** Live dialect. */
  listRecommendations: {
    id: 'listRecommendations',
    method: 'GET',
    path: '/v2/optimize/recommendations',
    effect: 'read',
    scope: null,
  },
  /** Live dialect: in no reference, but in use by public clients. */
  listRecommendationTypes: {
    id: 'listRecommendationTypes',
    method: 'GET',
    path: '/v2/optimize/recommendation_types',
    effect: 'read',
    scope: null,
  },
  createBillingDrop: {
    id: 'createOneAnyCostStreamConnectionBillingDrop',
    method: 'POST',
    path: '/v2/connections/billing/anycost/{id}/billing_drops',
    effect: 'write',
    scope: 'connections:create_billing_anycost_billing_drop',
  },
  /** Stores nothing. */
  validateBillingDrop: {
    id: 'validateOneAnyCostStreamConnectionBillingDrop',
    method: 'POST',
    path: '/v2/connections/billing/anycost/validate_billing_drop',
    effect: 'read',
    scope: 'connections:create_billing_anycost_validate_billing_drop',
  },
  ...telemetryOperations,
} as const satisfies Record<string, Operation>;

/** Telemetry has a rate of its own, which says nothing about the other routes. */
export const isTelemetry = ({ path }: Operation): boolean => path.includes('/telemetry/');

const byId: ReadonlyMap<string, Operation> = new Map(Object.values(operations).map((each) => [each.id, each]));

export const operationOf = (id: string): Operation | null => byId.get(id) ?? null;
