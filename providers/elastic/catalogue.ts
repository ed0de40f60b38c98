const organization = '/api/v1/billing/organization/{organization_id}';

/** The vendor operations that are used; requests take their ids from here. `scope` is the role an API key needs. */
export const operations = {
  costsByInstances: {
    id: 'getCostsByInstancesV2',
    method: 'GET',
    path: '/api/v2/billing/organizations/{organization_id}/costs/instances',
    effect: 'read',
    scope: 'Billing admin',
  },
  charts: {
    id: 'getChartsV2',
    method: 'GET',
    path: '/api/v2/billing/organizations/{organization_id}/charts',
    effect: 'read',
    scope: 'Billing admin',
  },
  billingHistory: {
    id: 'getBillingHistory',
    method: 'GET',
    path: `${organization}/history`,
    effect: 'read',
    scope: 'Billing admin',
  },
  /** In no description of the vendor; its own integration reads it, and not every organization has it. */
  prepaidCredit: {
    id: 'getLineItems',
    method: 'GET',
    path: `${organization}/line_items`,
    effect: 'read',
    scope: 'Billing admin',
  },
  // The paths of lists are in the plural, those of writes in the singular.
  listBudgets: {
    id: 'listBudgets',
    method: 'GET',
    path: `${organization}/budgets`,
    effect: 'read',
    scope: 'Billing admin',
  },
  getBudget: {
    id: 'getBudget',
    method: 'GET',
    path: `${organization}/budgets/{budget_id}`,
    effect: 'read',
    scope: 'Billing admin',
  },
  createBudget: {
    id: 'createBudget',
    method: 'POST',
    path: `${organization}/budget`,
    effect: 'write',
    scope: 'Billing admin',
  },
  updateBudget: {
    id: 'updateBudget',
    method: 'POST',
    path: `${organization}/budget/{budget_id}`,
    effect: 'write',
    scope: 'Billing admin',
  },
  deleteBudget: {
    id: 'deleteBudget',
    method: 'DELETE',
    path: `${organization}/budgets/{budget_id}`,
    effect: 'write',
    scope: 'Billing admin',
  },
} as const;
type Operation = (typeof operations)[keyof typeof operations];

/** A request of an operation, its path filled in. */
export const requestOf = (operation: Operation, segments: Readonly<Record<string, string>>) => ({
  operation: operation.id,
  method: operation.method,
  path: operation.path.replace(/\{([a-z_]+)\}/g, (_match, name: string) => encodeURIComponent(segments[name] ?? '')),
  effect: operation.effect,
});
