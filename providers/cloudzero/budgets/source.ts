import { type BudgetSource, paginate } from '../../../src/vendor/kit/index.ts';
import { inDialect } from '../dialect.ts';
import { RowCount } from '../paging.ts';
import type { AnswerSettings } from '../settings.ts';
import { budgetReading } from './normalise.ts';
import { budgetPages } from './pages.ts';
import { createBudgetWrites } from './writes.ts';

/** There is no history: the vendor tells past limits, but not what was spent in past months. */
export const createBudgetSource = (settings: AnswerSettings): BudgetSource => ({
  list: (session) =>
    inDialect(session, settings.dialect, async (dialect) => {
      const tally = new RowCount();
      const { first, read } = budgetPages(dialect, settings, session.today(), tally);
      const pages = await paginate(session, first, (reply) => read(reply.json));
      return budgetReading(pages.items, pages.faults.length > 0 ? pages.faults : tally.faults('pagination'));
    }),
  writes: createBudgetWrites({
    ...settings,
    probe: async (session, dialect) => {
      const { first, read } = budgetPages(dialect, settings, session.today(), new RowCount());
      return read((await session.call(first)).json);
    },
  }),
});
