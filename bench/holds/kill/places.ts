/** Where things are written: to a vendor, or to what the gateway keeps. */
export interface Place {
  readonly name: string;
  readonly path: '/v1/budgets' | '/v1/anomaly-monitors';
  /** Null: the gateway keeps them. */
  readonly vendor: 'cloudzero' | 'cloudspend' | null;
  readonly changes: boolean;
  body(name: string, amount: string): object;
  /** The amount in an answer, to see which version of a thing it is. */
  readonly amountIn: 'limit' | 'minImpact';
}

const budget = (connection: string, scope: object) => (name: string, amount: string) => ({
  connection,
  name,
  period: 'monthly',
  limit: { amount, currency: 'USD' },
  scope,
});

/** For vendors of which Elastic has no budgets of its own. */
export const places: readonly Place[] = [
  {
    name: 'budgets that the gateway keeps',
    path: '/v1/budgets',
    vendor: null,
    changes: true,
    body: budget('elastic', {}),
    amountIn: 'limit',
  },
  {
    name: 'monitors that the gateway keeps',
    path: '/v1/anomaly-monitors',
    vendor: null,
    changes: true,
    body: (name, amount) => ({
      connection: 'elastic',
      name,
      groupBy: ['service'],
      sensitivity: 'medium',
      minImpact: { amount, currency: 'USD' },
    }),
    amountIn: 'minImpact',
  },
  {
    name: 'budgets in CloudZero',
    path: '/v1/budgets',
    vendor: 'cloudzero',
    changes: true,
    body: budget('cloudzero', { view: 'view-3d1f0a52' }),
    amountIn: 'limit',
  },
  {
    name: 'budgets in CloudSpend',
    path: '/v1/budgets',
    vendor: 'cloudspend',
    changes: false,
    body: budget('cloudspend', { account: '33240000000059001' }),
    amountIn: 'limit',
  },
];
