import type { CostReading, Failure, Note, SourceCost } from '../../../src/vendor/kit/index.ts';
import { costAccounts, forgetCostAccounts } from '../accounts/cost-accounts.ts';
import type { CostAccount, CostAccounts } from '../accounts/normalise.ts';
import { requireCurrency } from '../display-currency.ts';
import { dateRange } from '../end-date.ts';
import { concernsOneOperation } from '../failures.ts';
import { settleConcurrently } from '../map-concurrently.ts';
import { type Decoded, faultFromFailure } from '../partial.ts';
import type { DateRange } from '../requests.ts';
import type { Days, Figures, Fill } from './fill.ts';
import { openSavedAccounts, type SavedAccount } from './saved-accounts.ts';

const concurrencyMax = 4;

/** One billing account, with the cost account that it belongs to. */
export interface AskedAccount {
  readonly account: Pick<CostAccount, 'id' | 'cloud'>;
  readonly child: { readonly id: string };
}

/** How the figures of one billing account are read. */
export interface AccountReader {
  /** What its faults begin with. */
  readonly name: string;
  read(asked: AskedAccount, days: Days, range: DateRange, currency: string): Promise<Decoded<SourceCost>>;
}

interface ReadAccount extends SavedAccount {
  /** Set where the vendor refuses this account; nothing was read of it. */
  readonly refusal: Failure | null;
}

const isRefusal = (thrown: unknown): thrown is Failure =>
  concernsOneOperation(thrown) && (thrown.kind === 'vendor-rejected' || thrown.kind === 'vendor-not-found');

const readAccount = async (
  { name, read }: AccountReader,
  asked: AskedAccount,
  { start, end }: Days,
  range: DateRange,
  currency: string,
): Promise<ReadAccount> => {
  const own = { account: asked.child.id, currency, start, end };
  try {
    const { items, faults } = await read(asked, { start, end }, range, currency);
    const rows = items.map((item) => ({ ...item, values: [...item.values] }));
    return { ...own, items: rows, faults: [...faults], refusal: null };
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return { ...own, items: [], faults: [faultFromFailure(`${name} ${asked.child.id}`, thrown)], refusal: thrown };
  }
};

const childlessNotes = ({ items }: CostAccounts): Note[] =>
  items
    .filter(({ children }) => children.length === 0)
    .map(({ id }) => ({
      code: 'account-without-billing-accounts',
      message: `CloudSpend lists no billing account under cost account ${id}; it was not asked for its cost.`,
    }));

/** Accounts that were read before are not asked again; those that are read are saved for the next attempt. */
const readAccounts = async (
  { session }: Fill,
  reader: AccountReader,
  asked: readonly AskedAccount[],
  days: Days,
  currency: string,
) => {
  const { known, save } = await openSavedAccounts(session, days, currency);
  const range = await dateRange(session, days.start, days.end);
  const { results, thrown } = await settleConcurrently(asked, concurrencyMax, async (each): Promise<ReadAccount> => {
    const before = known.get(each.child.id);
    if (before !== undefined) return { ...before, refusal: null };
    const { refusal, ...read } = await readAccount(reader, each, days, range, currency);
    if (refusal === null) await save(read);
    return { ...read, refusal };
  });
  if (thrown !== null) throw thrown.reason;
  return results;
};

/** One call for each billing account. Fails where the vendor refuses all of them. */
export const readEachAccount = async (
  fill: Fill,
  reader: AccountReader,
  days: Days,
  currency: string,
): Promise<Figures & Required<Pick<CostReading, 'labels'>>> => {
  const { session } = fill;
  const accounts = await costAccounts(session);
  const asked = accounts.items.flatMap((account) => account.children.map((child) => ({ account, child })));
  const read = await readAccounts(fill, reader, asked, days, currency);
  const [refused] = read.flatMap(({ refusal }) => (refusal === null ? [] : [refusal]));
  if (refused !== undefined) {
    // The list of accounts may be out of date.
    await forgetCostAccounts(session);
    if (read.every(({ refusal }) => refusal !== null)) throw refused;
  }
  await requireCurrency(session, currency).catch(async (thrown: unknown) => {
    await session.resume.drop();
    throw thrown;
  });
  const names = accounts.items.flatMap(({ children }) => children);
  return {
    items: read.flatMap(({ items }) => items),
    faults: [...accounts.faults, ...read.flatMap(({ faults }) => faults)],
    notes: childlessNotes(accounts),
    labels: { account: new Map(names.map(({ id, name }) => [id, name])) },
  };
};
