import type { Capabilities, DimensionSource } from '../../src/vendor/kit/index.ts';
import { accounts, costCenters } from './accounts/source.ts';
import { anomalies } from './anomalies/source.ts';
import { budgets } from './budgets/source.ts';
import { commitments } from './commitments/source.ts';
import { costs } from './costs.ts';
import { exchangeRates } from './exchange-rates/source.ts';
import { policies } from './governance/source.ts';
import { monitors } from './monitors/source.ts';
import { recommendations } from './recommendations/source.ts';

/** Tags exist at the vendor, but no cube can answer them: they are left out. */
const dimensions: DimensionSource = {
  list: async () => ({ items: ['account', 'service', 'region', 'category', 'cloud'], notes: [], faults: [] }),
};

export const capabilities: Capabilities = {
  costs,
  budgets,
  anomalies,
  monitors,
  accounts,
  costCenters,
  recommendations,
  commitments,
  policies,
  dimensions,
  exchangeRates,
};
