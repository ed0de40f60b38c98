export const costTypes = ['billed', 'effective', 'list', 'contracted'] as const;
export type CostType = (typeof costTypes)[number];

export const granularities = ['daily', 'monthly', 'total'] as const;
export type Granularity = (typeof granularities)[number];
