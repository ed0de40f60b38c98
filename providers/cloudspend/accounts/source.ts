import type { AccountSource, CostCenterSource } from '../../../src/vendor/kit/index.ts';
import { inDisplayCurrency } from '../display-currency.ts';
import { billingAccountsUnder, costAccounts } from './cost-accounts.ts';
import { costCentersOf, joinAccounts, overviewOf } from './normalise.ts';
import { accountsOverviewRequest, costCentersRequest } from './requests.ts';

export const accounts: AccountSource = {
  list: async (session) => {
    const listed = await costAccounts(session);
    const overview = await inDisplayCurrency(session, async (currency) =>
      overviewOf((await session.call(accountsOverviewRequest())).json, currency),
    );
    const { items, notes } = joinAccounts(overview.items, listed.items);
    return { items, notes, faults: [...listed.faults, ...overview.faults] };
  },
  accountsUnder: billingAccountsUnder,
};

export const costCenters: CostCenterSource = {
  list: async (session) => ({ ...costCentersOf((await session.call(costCentersRequest())).json), notes: [] }),
};
