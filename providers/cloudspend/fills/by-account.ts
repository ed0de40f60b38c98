import type { CostReading, Failure, Note } from '../../../src/vendor/kit/index.ts';
import { costAccounts, forgetCostAccounts } from '../accounts/cost-accounts.ts';
import type { CostAccount, CostAccounts } from '../accounts/normalise.ts';
import { cloudOfNumber } from '../clouds.ts';
import { displayCurrency, requireCurrency } from '../display-currency.ts';
import { dateRange } from '../end-date.ts';
import { concernsOneOperation } from '../failures.ts';
import { settleConcurrently } from '../map-concurrently.ts';
import { trendCosts } from '../normalise.ts';
import { faultFromFailure } from '../partial.ts';
import { type DateRange, trendRequest } from '../requests.ts';
import { type Days, type Fill, noFigures, readingOf } from './fill.ts';
import { knownDays } from './missing-days.ts';
import { openSavedAccounts, type SavedAccount } from './saved-accounts.ts';
import { compareWithTotal, notCompared } from './total.ts';

const concurrencyMax = 4;

interface Asked {
  readonly account: Pick<CostAccount, 'id' | 'cloud'>;
  readonly child: { readonly id: string };
}

interface ReadAccount extends SavedAccount {
  /** Set where the vendor refuses this account; nothing was read of it. */
  readonly refusal: Failure | null;
}

const isRefusal = (thrown: unknown): thrown is Failure =>
  concernsOneOperation(thrown) && (thrown.kind === 'vendor-rejected' || thrown.kind === 'vendor-not-found');

const readAccount = async (
  { session, question: { dimensions } }: Fill,
  { account, child }: Asked,
  { start, end }: Days,
  range: DateRange,
  currency: string,
): Promise<ReadAccount> => {
  const own = { account: child.id, currency, start, end };
  try {
    const { json } = await session.call(
      trendRequest({ costAccountId: account.id, billingAccountId: child.id, cloud: account.cloud, range }),
    );
    const { items, faults } = await trendCosts(
      json,
      { dimensions, cloud: cloudOfNumber(account.cloud), ...own },
      session.turns(),
    );
    const rows = items.map((item) => ({ ...item, values: [...item.values] }));
    return { ...own, items: rows, faults: [...faults], refusal: null };
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return { ...own, items: [], faults: [faultFromFailure(`trend_box ${child.id}`, thrown)], refusal: thrown };
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
const readAccounts = async (fill: Fill, asked: readonly Asked[], days: Days, currency: string) => {
  const { session } = fill;
  const { known, save } = await openSavedAccounts(session, days, currency);
  const range = await dateRange(session, days.start, days.end);
  const { results, thrown } = await settleConcurrently(asked, concurrencyMax, async (each): Promise<ReadAccount> => {
    const before = known.get(each.child.id);
    if (before !== undefined) return { ...before, refusal: null };
    const { refusal, ...read } = await readAccount(fill, each, days, range, currency);
    if (refusal === null) await save(read);
    return { ...read, refusal };
  });
  if (thrown !== null) throw thrown.reason;
  return results;
};

/** One call a billing account and month. */
export const fillByAccount = async (fill: Fill): Promise<CostReading> => {
  const { session, question, range } = fill;
  const { known, faults: unknown } = knownDays(question, range);
  const currency = await displayCurrency(session);
  if (known.start === known.end) return readingOf({ ...noFigures, faults: unknown }, range, currency);
  const accounts = await costAccounts(session);
  const asked = accounts.items.flatMap((account) => account.children.map((child) => ({ account, child })));
  const read = await readAccounts(fill, asked, known, currency);
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
  const items = read.flatMap((each) => each.items);
  const faults = [...accounts.faults, ...read.flatMap((each) => each.faults)];
  const total = faults.length === 0 ? await compareWithTotal(fill, known, items, currency) : notCompared;
  const names = accounts.items.flatMap(({ children }) => children);
  const labels = { account: new Map(names.map(({ id, name }) => [id, name])) };
  const notes = [...childlessNotes(accounts), ...total.notes];
  return readingOf({ items, faults: [...unknown, ...faults, ...total.faults], notes }, range, currency, labels);
};
