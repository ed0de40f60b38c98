import { z } from 'zod';
import { decimal } from '../../../src/domain/decimal.ts';
import { type Money, money } from '../../../src/domain/money.ts';
import type { Account, AccountState, CostCenter } from '../../../src/domain/nouns.ts';
import { decode, decodeItems, type Note, type ReadingFault } from '../../../src/vendor/kit/index.ts';
import { type Decoded, decodeEntry, distinctBy } from '../partial.ts';
import {
  accountOverviewSchema,
  accountsDataSchema,
  accountsOverviewSchema,
  billingAccountSchema,
  costAccountSchema,
  costCenterSchema,
  costCentersSchema,
} from './wire.ts';

export const costAccountsSchema = z.object({
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

interface BillingAccount {
  readonly id: string;
  readonly name: string;
}
export interface CostAccount {
  readonly id: string;
  readonly name: string;
  /** 0 AWS, 1 Azure, 2 GCP. */
  readonly cloud: number;
  readonly children: readonly BillingAccount[];
}

/** Each billing account once, even where the vendor repeats it: its cost must not count twice. */
export const costAccountsOf = (json: unknown): Decoded<CostAccount> => {
  const { all_accounts: listed } = decode(accountsDataSchema, json, 'accounts_data').data;
  const accounts = decodeItems(costAccountSchema, listed, 'accounts_data.all_accounts');
  const faults = [...accounts.faults];
  const parents = new Map<string, string>();
  const items = new Map<string, CostAccount>();
  for (const account of accounts.items) {
    const id = account.cost_account_id;
    const where = `accounts_data ${id}.child_accounts`;
    const children = decodeItems(billingAccountSchema, account.child_accounts, where);
    for (const fault of children.faults) faults.push(fault);
    const own = children.items.filter(({ billing_account_id: child }) => {
      const parent = parents.get(child);
      if (parent === undefined) parents.set(child, id);
      else if (parent !== id) faults.push({ path: where, message: `lists ${child}, which ${parent} lists already` });
      return parent === undefined;
    });
    items.set(id, {
      id,
      name: account.account_name,
      cloud: account.cloud_type,
      children: [
        ...(items.get(id)?.children ?? []),
        ...own.map((child) => ({ id: child.billing_account_id, name: child.name })),
      ],
    });
  }
  return { items: [...items.values()], faults };
};

/** The group that lists a cost account tells its state. */
const stateGroups = [
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

/** The cost accounts with their spend; for an account in two groups the first one counts. */
export const overviewOf = (json: unknown, currency: string): Decoded<Account> => {
  const { all_accounts: all } = decode(accountsOverviewSchema, json, 'budget/accounts').data;
  const items = new Map<string, Account>();
  const faults: ReadingFault[] = [];
  for (const { name, state } of stateGroups) {
    for (const [id, value] of all[name] ?? []) {
      const where = `budget/accounts ${name}.${id}`;
      const { items: rows, faults: refused } = decodeEntry(accountOverviewSchema, value, where);
      for (const fault of refused) faults.push(fault);
      for (const row of rows) {
        if (items.has(id)) faults.push({ path: where, message: 'is in another group as well' });
        else items.set(id, accountOf(id, state, row, currency));
      }
    }
  }
  return { items: [...items.values()], faults };
};

const accountWithoutFigures = (nativeId: string, name: string, parent: Account | null): Account => ({
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
export const joinAccounts = (
  overview: readonly Account[],
  listed: CostAccounts['items'],
): Decoded<Account> & { readonly notes: readonly Note[] } => {
  const known = new Map(overview.map((account) => [account.nativeId, account]));
  const notes: Note[] = [];
  const items = listed.flatMap((account) => {
    const parent = known.get(account.id) ?? accountWithoutFigures(account.id, account.name, null);
    if (!known.delete(account.id)) {
      notes.push({
        code: 'account-state-unknown',
        message: `CloudSpend lists cost account ${account.id} without its state and spend; it is shown as active.`,
      });
    }
    return [parent, ...account.children.map((child) => accountWithoutFigures(child.id, child.name, parent))];
  });
  return { items: [...items, ...known.values()], faults: [], notes };
};

/**
 * Business units. The cost of the current month is null: tags may exclude part of the accounts, and the answer of the
 * one call that would tell the cost is not documented.
 */
export const costCentersOf = (json: unknown): Decoded<CostCenter> => {
  const rows = decodeItems(costCenterSchema, decode(costCentersSchema, json, 'cost_centers'), 'cost_centers');
  const { items, faults } = distinctBy(
    rows.items.map(
      (row): CostCenter => ({ nativeId: row.id, name: row.name, accounts: row.cost_account_id, currentMonth: null }),
    ),
    (center) => center.nativeId,
    'cost_centers',
  );
  return { items, faults: [...rows.faults, ...faults] };
};

/** The id of the only thing with that name. Names are not unique: null where none or several have it. */
export const idOfName = (
  named: readonly { readonly id: string; readonly name: string }[],
  name: string,
): string | null => {
  const [first, second] = named.filter((each) => each.name.trim() === name.trim());
  return first !== undefined && second === undefined ? first.id : null;
};
