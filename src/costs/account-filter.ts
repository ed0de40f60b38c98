import { Failure } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import type { Part } from '../vendor/part.ts';
import type { CostQuery } from './query/query.ts';

/** The accounts that the query is filtered by. */
const wantedAccounts = (query: CostQuery): readonly string[] =>
  (query.filters.get('account') ?? []).filter((value) => value !== null);

const accountsUnder = async (
  connection: Connection,
  account: string,
  deadline: number,
): Promise<readonly string[] | null> => {
  const { accounts } = connection.connector.capabilities;
  if (accounts?.accountsUnder === undefined) return [account];
  return accounts.accountsUnder(connection.session({ purpose: 'dashboard', deadline }), account);
};

/**
 * The filters as the rows of this connection can be compared with: an account above others is replaced by the accounts
 * below it, because costs name only those.
 */
export const filtersFor = async (
  connection: Connection,
  query: CostQuery,
  deadline: number,
): Promise<CostQuery['filters']> => {
  const wanted = query.filters.get('account');
  if (wanted === undefined) return query.filters;
  const named = await Promise.all(
    wanted.map(async (value) =>
      value === null ? [null] : ((await accountsUnder(connection, value, deadline)) ?? [value]),
    ),
  );
  return new Map([...query.filters, ['account', [...new Set(named.flat())]]]);
};

/** The accounts of the filter that none of these connections has. One that cannot tell may have any. */
export const unheldAccounts = async (
  connections: readonly Connection[],
  query: CostQuery,
  deadline: number,
): Promise<readonly string[]> => {
  const isHeld = async (account: string): Promise<boolean> => {
    const found = await Promise.all(
      connections.map((connection) => accountsUnder(connection, account, deadline).catch(() => [account])),
    );
    return found.some((accounts) => accounts !== null);
  };
  const wanted = await Promise.all(
    wantedAccounts(query).map(async (account) => ({ account, held: await isHeld(account) })),
  );
  return wanted.filter(({ held }) => !held).map(({ account }) => account);
};

/** No rows for an account that nobody lists does not mean that it cost nothing. */
export const withUnheldAccounts = <Value>(
  part: Part<Value>,
  { title }: Pick<Connection, 'title'>,
  unheld: readonly string[],
): Part<Value> => {
  if (unheld.length === 0 || part.state === 'partial' || part.state === 'unsupported') return part;
  const named = unheld.map((account) => account.slice(0, 100)).join(', ');
  return {
    ...part,
    state: 'partial',
    failure: new Failure('capability-unsupported', {
      public: `${title} has no costs of an account ${named}, so what it cost is not known. See the list of accounts.`,
    }),
  };
};
