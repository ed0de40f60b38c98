import { sourceCostCenterSchema } from '../domain/nouns.ts';
import { defineList, idOf } from './plain-list.ts';

/** Groups of accounts, such as business units. */
export const createCostCenterService = defineList({
  name: 'cost-centers',
  item: sourceCostCenterSchema,
  maxAgeMs: 60 * 60_000,
  source: ({ costCenters }) => costCenters,
  present: ({ name, accounts, currentMonth }, connection) => ({
    name,
    accounts: accounts.map((account) => idOf(connection, account)),
    currentMonth,
  }),
});
