import { z } from 'zod';
import type { Session } from '../../../src/vendor/kit/index.ts';
import { hourMs } from '../display-currency.ts';
import { costAccountsOf } from './normalise.ts';
import { accountsDataRequest } from './requests.ts';

const costAccountsFact = 'cost-accounts';
const costAccountsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      cloud: z.number(),
      children: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
  faults: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type CostAccounts = z.output<typeof costAccountsSchema>;

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
