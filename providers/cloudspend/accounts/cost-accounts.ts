import type { Session } from '../../../src/vendor/kit/index.ts';
import { hourMs } from '../display-currency.ts';
import { type CostAccounts, costAccountsOf, costAccountsSchema } from './normalise.ts';
import { accountsDataRequest } from './requests.ts';

const costAccountsFact = 'cost-accounts';
/**
 * Cost accounts and their billing accounts. A list with faults is not kept, so that the next question reads it again.
 */
export const costAccounts = async (session: Session): Promise<CostAccounts> => {
  const known = await session.fact(costAccountsFact, 6 * hourMs, costAccountsSchema, async () => {
    const { items, faults } = costAccountsOf((await session.call(accountsDataRequest())).json);
    return { items: items.map((each) => ({ ...each, children: [...each.children] })), faults: [...faults] };
  });
  if (known.faults.length > 0) await forgetCostAccounts(session);
  return known;
};
export const forgetCostAccounts = (session: Session): Promise<void> => session.forget(costAccountsFact);
