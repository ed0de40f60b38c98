import { type BudgetSource, paginate, type Session } from '../../../src/vendor/kit/index.ts';
import { type Dialect, decodeEnvelope, determineDialect, inDialect } from '../dialect.ts';
import { RowCount } from '../paging.ts';
import type { AnswerSettings } from '../settings.ts';
import { liveHistory } from './history.ts';
import { budgetReading } from './normalise.ts';
import { budgetPages } from './pages.ts';
import { expandedBudgetRequest } from './requests.ts';
import { expandedBudgetSchema } from './wire.ts';
import { createBudgetWrites } from './writes.ts';

/** The published dialect tells no history. */
const createHistory =
  (
    settings: AnswerSettings,
    probe: (session: Session, dialect: Dialect) => Promise<unknown>,
  ): NonNullable<BudgetSource['history']> =>
  async (session, nativeId) => {
    await determineDialect(session, settings.dialect, (dialect) => probe(session, dialect));
    return inDialect(session, settings.dialect, async (dialect) => {
      if (dialect === 'published') return null;
      const { json } = await session.call(expandedBudgetRequest(nativeId));
      const keys = { own: 'budget', other: 'data' };
      const { budget } = decodeEnvelope(expandedBudgetSchema, json, 'the history of a budget', keys);
      return liveHistory(budget, nativeId, session.today(), settings.currency);
    });
  };

export const createBudgetSource = (settings: AnswerSettings): BudgetSource => {
  const list: BudgetSource['list'] = (session) =>
    inDialect(session, settings.dialect, async (dialect) => {
      const tally = new RowCount();
      const { first, read } = budgetPages(dialect, settings, session.today(), tally);
      const pages = await paginate(session, first, (reply) => read(reply.json));
      return budgetReading(pages.items, pages.faults.length > 0 ? pages.faults : tally.faults('pagination'));
    });
  /** Reads something that only the right dialect answers. */
  const probe = async (session: Session, dialect: Dialect): Promise<unknown> => {
    const { first, read } = budgetPages(dialect, settings, session.today(), new RowCount());
    return read((await session.call(first)).json);
  };
  return {
    list,
    history: createHistory(settings, probe),
    writes: createBudgetWrites({ ...settings, probe, list }),
  };
};
