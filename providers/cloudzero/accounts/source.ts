import { addDays, addMonths, monthOf, monthStart } from '../../../src/domain/day.ts';
import { type AccountSource, Failure, paginate, type Session } from '../../../src/vendor/kit/index.ts';
import { costPages } from '../cost-pages.ts';
import { type Dialect, inDialect } from '../dialect.ts';
import { indexForCosts } from '../dimension-index.ts';
import { groupingOf } from '../dimensions.ts';
import { RowCount } from '../paging.ts';
import type { AnswerSettings } from '../settings.ts';
import { accountsIn, knownAccounts } from './known-accounts.ts';

/** The accounts of this month and the one before, by one cost query. */
const askForAccounts = async (session: Session, dialect: Dialect, { baseUrl }: AnswerSettings) => {
  const today = session.today();
  const grouping = groupingOf(['account'], await indexForCosts(session, ['account']));
  const start = addMonths(monthStart(monthOf(today)), -1);
  const query = {
    start,
    end: addDays(today, 1),
    costType: 'billed',
    granularity: 'monthly',
    groupBy: grouping.columns.map((column) => column.id),
  } as const;
  const pages = costPages(dialect, query, grouping.columns, baseUrl);
  const tally = new RowCount();
  let count = 0;
  const read = await paginate(session, pages.first, async ({ json }) => {
    count += 1;
    const page = await pages.read(json, count, session.turns());
    tally.page(page.received, page.stated);
    return { items: page.costs, faults: page.faults, next: page.next === null ? null : pages.next(page.next) };
  });
  const [fault] = read.faults.length > 0 ? read.faults : tally.faults('pagination');
  if (fault !== undefined) {
    throw new Failure('vendor-incomplete', {
      public: `CloudZero's accounts could not be read whole: ${fault.path} ${fault.message}.`,
    });
  }
  return (
    accountsIn(
      read.items.map(({ raw }) => raw),
      grouping,
      start,
    ) ?? { since: start, accounts: [] }
  );
};

/** The vendor has no list of accounts: they are the values that its costs have. */
export const createAccountSource = (settings: AnswerSettings): AccountSource => ({
  list: (session) =>
    inDialect(session, settings.dialect, async (dialect) => {
      const { since, accounts } = await knownAccounts(session, () => askForAccounts(session, dialect, settings));
      return {
        items: accounts.map(({ id, name }) => ({
          nativeId: id,
          name: name ?? id,
          kind: 'account',
          parentId: null,
          state: 'active',
          currentMonth: null,
          previousMonth: null,
          forecast: null,
        })),
        notes: [
          {
            code: 'accounts-from-costs',
            message: `CloudZero has no list of accounts; these have had costs since ${since}. They are known from cost queries that are made anyway. Only where none was made for a week does this list take one of the daily queries.`,
          },
        ],
        faults: [],
      };
    }),
});
