/** The vendor operations that are used; requests take their ids from here. `scope` is the role an API key needs. */
export const operations = {
  costsByInstances: {
    id: 'getCostsByInstancesV2',
    method: 'GET',
    path: '/api/v2/billing/organizations/{organization_id}/costs/instances',
    effect: 'read',
    scope: 'Billing admin',
  },
} as const;
