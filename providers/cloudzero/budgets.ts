import type { Day } from '../../src/domain/day.ts';
import { type BudgetSource, decodeItems, type Page, paginate, type VendorRequest } from '../../src/vendor/kit/index.ts';
import { budgetWrites } from './budget-writes.ts';
import { type Dialect, type DialectSetting, decodeEnvelope, inDialect } from './dialect.ts';
import { type BudgetOutcome, liveBudget, publishedBudget, settleBudgets } from './normalise-budgets.ts';
import { liveNext, publishedNext, summarise, Tally } from './pages.ts';
import { liveBudgetsRequest, publishedBudgetsRequest } from './requests.ts';
import { liveBudgetSchema, liveBudgetsSchema, publishedBudgetSchema, publishedBudgetsSchema } from './wire.ts';

const what = 'the budget list';

export interface BudgetSettings {
  readonly baseUrl: string;
  readonly currency: string;
  readonly dialect: DialectSetting;
}

/** How one dialect's list is asked for and read. */
const walkOf = (dialect: Dialect, settings: BudgetSettings, today: Day, tally: Tally) => {
  const live = (json: unknown): Page<BudgetOutcome> => {
    const envelope = decodeEnvelope(liveBudgetsSchema, json, what, { own: 'budgets', other: 'data' });
    tally.page(envelope.budgets.length, envelope.pagination?.total_count);
    const { items, faults } = decodeItems(liveBudgetSchema, envelope.budgets, 'budgets');
    const next = liveNext(envelope.pagination);
    return {
      items: items.map((each) => liveBudget(each, today, settings.currency)),
      faults: [...summarise(faults, 'budgets'), ...next.faults],
      next: next.cursor === null ? null : liveBudgetsRequest(next.cursor),
    };
  };
  const published = (json: unknown): Page<BudgetOutcome> => {
    const envelope = decodeEnvelope(publishedBudgetsSchema, json, what, { own: 'data', other: 'budgets' });
    tally.page(envelope.data.length, envelope.pagination?.total);
    const { items, faults } = decodeItems(publishedBudgetSchema, envelope.data, 'data');
    const next = publishedNext(envelope.pagination, settings.baseUrl);
    return {
      items: items.map((each) => publishedBudget(each, settings.currency)),
      faults: [...summarise(faults, 'data'), ...next.faults],
      next: next.link === null ? null : publishedBudgetsRequest(next.link),
    };
  };
  const walk: { readonly first: VendorRequest; readonly read: (json: unknown) => Page<BudgetOutcome> } =
    dialect === 'live'
      ? { first: liveBudgetsRequest(null), read: live }
      : { first: publishedBudgetsRequest(null), read: published };
  return walk;
};

export const budgetSource = (settings: BudgetSettings): BudgetSource => ({
  list: (session) =>
    inDialect(session, settings.dialect, async (dialect) => {
      const tally = new Tally();
      const { first, read } = walkOf(dialect, settings, session.today(), tally);
      const pages = await paginate(session, first, (reply) => read(reply.json));
      return settleBudgets(pages.items, pages.faults.length > 0 ? pages.faults : tally.faults('pagination'));
    }),
  // No history: the vendor tells past limits, but nothing of what was spent in past months.
  writes: budgetWrites({
    ...settings,
    probe: async (session, dialect) => {
      const { first, read } = walkOf(dialect, settings, session.today(), new Tally());
      return read((await session.call(first)).json);
    },
  }),
});
