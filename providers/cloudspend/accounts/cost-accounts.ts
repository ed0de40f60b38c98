import { Failure, type Session } from '../../../src/vendor/kit/index.ts';
import { hourMs } from '../display-currency.ts';
import { type CostAccounts, costAccountsOf, costAccountsSchema } from './normalise.ts';
import { accountsDataRequest } from './requests.ts';

const costAccountsFact = 'cost-accounts';
/** The list as it was when it was last read whole. It outlives the other, for times when the vendor does not answer. */
const lastCostAccountsFact = 'cost-accounts/last';
const lastMaxAgeMs = 400 * 24 * hourMs;

/**
 * Cost accounts and their billing accounts. A list with faults is not kept, so that the next question reads it again.
 */
export const costAccounts = async (session: Session): Promise<CostAccounts> => {
  const known = await session.fact(costAccountsFact, 6 * hourMs, costAccountsSchema, async () => {
    const { items, faults } = costAccountsOf((await session.call(accountsDataRequest())).json);
    const read = { items: items.map((each) => ({ ...each, children: [...each.children] })), faults: [...faults] };
    if (faults.length === 0) {
      await session.forget(lastCostAccountsFact);
      await session.fact(lastCostAccountsFact, lastMaxAgeMs, costAccountsSchema, async () => read);
    }
    return read;
  });
  if (known.faults.length > 0) await forgetCostAccounts(session);
  return known;
};
export const forgetCostAccounts = (session: Session): Promise<void> => session.forget(costAccountsFact);

/** As `costAccounts`; while the vendor does not answer, the list as it was last read. */
export const lastCostAccounts = async (session: Session): Promise<CostAccounts> => {
  try {
    return await costAccounts(session);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return session.fact(lastCostAccountsFact, lastMaxAgeMs, costAccountsSchema, async () => {
      throw thrown;
    });
  }
};

/** Costs name billing accounts: for a cost account those below it. Null where neither is listed. */
export const billingAccountsUnder = async (session: Session, account: string): Promise<readonly string[] | null> => {
  const { items } = await lastCostAccounts(session);
  const parent = items.find(({ id }) => id === account);
  if (parent !== undefined) return parent.children.length === 0 ? [account] : parent.children.map(({ id }) => id);
  return items.some(({ children }) => children.some(({ id }) => id === account)) ? [account] : null;
};
