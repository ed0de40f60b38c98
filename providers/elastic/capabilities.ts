import type { NamedDimension } from '../../src/domain/dimension.ts';
import type { Capabilities, Reading } from '../../src/vendor/kit/index.ts';
import { accountSource } from './accounts.ts';
import { costSource, dimensions } from './costs.ts';
import type { EcuPrices } from './prices.ts';

/** No budgets, no anomalies: the vendor documents neither. */
export const capabilities = (organizationId: string, prices: EcuPrices): Capabilities => ({
  costs: costSource(organizationId, prices),
  accounts: accountSource(organizationId, prices),
  dimensions: {
    list: async (): Promise<Reading<NamedDimension>> => ({ items: dimensions, notes: [], faults: [] }),
  },
});
