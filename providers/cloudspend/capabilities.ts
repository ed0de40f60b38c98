import type { Capabilities, DimensionSource } from '../../src/provider/index.ts';
import { accounts } from './accounts.ts';
import { anomalies } from './anomalies.ts';
import { budgets } from './budgets.ts';
import { costs } from './costs.ts';
import { exchangeRates } from './exchange-rates.ts';

/** Tags exist at the vendor, but no cube can answer them: they are left out. */
const dimensions: DimensionSource = {
  list: async () => ({ items: ['account', 'service', 'region', 'category'], notes: [], faults: [] }),
};

export const capabilities: Capabilities = { costs, budgets, anomalies, accounts, dimensions, exchangeRates };
