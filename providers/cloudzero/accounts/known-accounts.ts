import { z } from 'zod';
import { type Day, earlier, monthOf, monthStart } from '../../../src/domain/day.ts';
import type { Session } from '../../../src/vendor/kit/index.ts';
import type { Grouping } from '../dimensions.ts';
import { nullSpellings } from '../null-spellings.ts';

const knownAccountsSchema = z.object({
  /** The first day whose costs were looked at. */
  since: z.string(),
  accounts: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
});
type KnownAccounts = z.output<typeof knownAccountsSchema>;

const name = 'accounts';
const maxAgeMs = 7 * 86_400_000;

/** The accounts as cost queries of the last week have shown them; `ask` is one more query, where there was none. */
export const knownAccounts = (session: Session, ask: () => Promise<KnownAccounts>): Promise<KnownAccounts> =>
  session.fact(name, maxAgeMs, knownAccountsSchema, ask);

const united = (left: KnownAccounts, right: KnownAccounts): KnownAccounts => {
  const names = new Map(left.accounts.map((account) => [account.id, account.name]));
  for (const account of right.accounts) names.set(account.id, account.name ?? names.get(account.id) ?? null);
  const accounts = [...names].map(([id, each]) => ({ id, name: each }));
  return {
    since: earlier(left.since, right.since),
    accounts: accounts.sort((one, other) => (one.id < other.id ? -1 : 1)),
  };
};

/** The accounts among these groups; null where they were not grouped by account. */
export const accountsIn = (
  groups: readonly (readonly (string | null)[])[],
  { columns, names }: Pick<Grouping, 'columns' | 'names'>,
  since: Day,
): KnownAccounts | null => {
  const at = columns.findIndex((column) => column.id === 'Account');
  if (at === -1) return null;
  const textAt = (group: readonly (string | null)[], column: number | undefined): string | null => {
    const text = column === undefined ? null : (group[column] ?? null);
    return text === null || nullSpellings.has(text) ? null : text;
  };
  const accounts = groups.flatMap((group) => {
    const id = textAt(group, at);
    return id === null ? [] : [{ id, name: textAt(group, names?.column) }];
  });
  return united({ since, accounts: [] }, { since, accounts });
};

/** Remembers the accounts of a cost query that covers this month so far, so that listing them takes no query. */
export const noteAccounts = async (
  session: Session,
  groups: readonly (readonly (string | null)[])[],
  grouping: Grouping,
  span: { readonly start: Day; readonly end: Day },
): Promise<void> => {
  const today = session.today();
  if (span.start > monthStart(monthOf(today)) || span.end <= today) return;
  const seen = accountsIn(groups, grouping, span.start);
  if (seen === null || seen.accounts.length === 0) return;
  const before = await knownAccounts(session, async () => seen);
  const now = united(before, seen);
  if (JSON.stringify(now) === JSON.stringify(before)) return;
  await session.forget(name);
  await knownAccounts(session, async () => now);
};
