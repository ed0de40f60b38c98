import type { NamedDimension } from '../../src/domain/dimension.ts';
import type { Capabilities, Reading } from '../../src/vendor/kit/index.ts';
import { createAccountSource } from './accounts.ts';
import { createBudgetSource } from './budgets/source.ts';
import { createCostSource, dimensions } from './costs.ts';
import type { EcuPrices } from './prices.ts';

/** No anomalies: the vendor documents none. */
export const createCapabilities = (organizationId: string, prices: EcuPrices): Capabilities => ({
  costs: createCostSource(organizationId, prices),
  budgets: createBudgetSource(organizationId, prices.currency, async () => prices),
  accounts: createAccountSource(organizationId, prices),
  dimensions: {
    list: async (): Promise<Reading<NamedDimension>> => ({ items: dimensions, notes: [], faults: [] }),
  },
});
