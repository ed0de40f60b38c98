import type { NamedDimension } from '../../src/domain/dimension.ts';
import type { Capabilities, Reading } from '../../src/vendor/kit/index.ts';
import { createAccountSource } from './accounts.ts';
import { createBudgetSource } from './budgets/source.ts';
import { createCommitmentSource } from './commitments/source.ts';
import { createCostSource, dimensions } from './costs.ts';
import type { PriceSource } from './prices.ts';

/** No anomalies: the vendor documents none. */
export const createCapabilities = (
  organizationId: string,
  currency: string,
  priceSource: PriceSource,
): Capabilities => ({
  costs: createCostSource(organizationId, priceSource),
  budgets: createBudgetSource(organizationId, currency, priceSource),
  accounts: createAccountSource(organizationId, priceSource),
  commitments: createCommitmentSource(organizationId, priceSource),
  dimensions: {
    list: async (): Promise<Reading<NamedDimension>> => ({ items: dimensions, notes: [], faults: [] }),
  },
});
