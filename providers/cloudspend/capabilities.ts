import type { Capabilities, DimensionSource } from '../../src/vendor/kit/index.ts';
import { accounts } from './accounts.ts';
import { anomalies } from './anomalies.ts';
import { budgets } from './budgets.ts';
import { costCenters } from './cost-centers.ts';
import { costs } from './costs.ts';
import { exchangeRates } from './exchange-rates.ts';
import { monitors } from './monitors.ts';
import { recommendations } from './recommendations.ts';

/** Tags exist at the vendor, but no cube can answer them: they are left out. */
const dimensions: DimensionSource = {
  list: async () => ({ items: ['account', 'service', 'region', 'category'], notes: [], faults: [] }),
};

export const capabilities: Capabilities = {
  costs,
  budgets,
  anomalies,
  monitors,
  accounts,
  costCenters,
  recommendations,
  dimensions,
  exchangeRates,
};
