import type { z } from 'zod';
import { decimal } from '../../src/domain/decimal.ts';
import { type Money, money } from '../../src/domain/money.ts';
import type { Account, AccountState } from '../../src/domain/nouns.ts';
import { type AccountSource, decode, type Note, type ReadingFault } from '../../src/vendor/kit/index.ts';
import { decodeEntry } from './decode-entry.ts';
import { type CostAccounts, costAccounts, inDisplayCurrency } from './facts.ts';
import type { Decoded } from './normalise.ts';
import { readAccountsOverview } from './requests.ts';
import { accountOverviewSchema, accountsOverviewSchema } from './wire.ts';

/** A cost account's state is the group that it stands in. */
const groups = [
  { name: 'processed_accounts', state: 'active' },
  { name: 'processing_accounts', state: 'processing' },
  { name: 'suspended_accounts', state: 'suspended' },
  { name: 'config_error_accounts', state: 'error' },
] as const satisfies readonly { name: string; state: AccountState }[];

const accountOf = (
  id: string,
  state: AccountState,
  row: z.output<typeof accountOverviewSchema>,
  currency: string,
): Account => {
  const amount = (text: string | null | undefined): Money | null =>
    typeof text === 'string' ? money(decimal(text), currency) : null;
  return {
    nativeId: id,
    name: row.account_name,
    kind: 'account',
    parentId: null,
    state,
    currentMonth: amount(row.total_current_month),
    previousMonth: amount(row.total_prev_month),
    forecast: amount(row.forecast_val),
  };
};

/** The cost accounts with what they spend; one that stands in two groups keeps the first. */
export const overviewOf = (json: unknown, currency: string): Decoded<Account> => {
  const { all_accounts: all } = decode(accountsOverviewSchema, json, 'budget/accounts').data;
  const items = new Map<string, Account>();
  const faults: ReadingFault[] = [];
  for (const { name, state } of groups) {
    for (const [id, value] of all[name] ?? []) {
      const where = `budget/accounts ${name}.${id}`;
      const { items: rows, faults: refused } = decodeEntry(accountOverviewSchema, value, where);
      for (const fault of refused) faults.push(fault);
      for (const row of rows) {
        if (items.has(id)) faults.push({ path: where, message: 'stands in another group as well' });
        else items.set(id, accountOf(id, state, row, currency));
      }
    }
  }
  return { items: [...items.values()], faults };
};

const bare = (nativeId: string, name: string, parent: Account | null): Account => ({
  nativeId,
  name,
  kind: parent === null ? 'account' : 'sub-account',
  parentId: parent?.nativeId ?? null,
  state: parent?.state ?? 'active',
  currentMonth: null,
  previousMonth: null,
  forecast: null,
});

/** Both levels: cost accounts, each followed by its billing accounts, which are what cost rows name. */
export const joined = (
  overview: readonly Account[],
  listed: CostAccounts['items'],
): Decoded<Account> & { readonly notes: readonly Note[] } => {
  const known = new Map(overview.map((account) => [account.nativeId, account]));
  const notes: Note[] = [];
  const items = listed.flatMap((account) => {
    const parent = known.get(account.id) ?? bare(account.id, account.name, null);
    if (!known.delete(account.id)) {
      notes.push({
        code: 'account-state-unknown',
        message: `CloudSpend lists cost account ${account.id} without its state and spend; it is shown as active.`,
      });
    }
    return [parent, ...account.children.map((child) => bare(child.id, child.name, parent))];
  });
  return { items: [...items, ...known.values()], faults: [], notes };
};

export const accounts: AccountSource = {
  list: async (session) => {
    const listed = await costAccounts(session);
    const overview = await inDisplayCurrency(session, async (currency) =>
      overviewOf((await session.call(readAccountsOverview())).json, currency),
    );
    const { items, notes } = joined(overview.items, listed.items);
    return { items, notes, faults: [...listed.faults, ...overview.faults] };
  },
};
