import type { Day } from '../../../src/domain/day.ts';
import type { Page, VendorRequest } from '../../../src/vendor/kit/index.ts';
import type { Dialect } from '../dialect.ts';
import { type RowCount, readLivePage, readPublishedPage } from '../paging.ts';
import type { AnswerSettings } from '../settings.ts';
import { type BudgetOutcome, liveBudget, publishedBudget } from './normalise.ts';
import { liveBudgetsRequest, publishedBudgetsRequest } from './requests.ts';
import { liveBudgetSchema, publishedBudgetSchema } from './wire.ts';

const list = { what: 'the budget list', liveKey: 'budgets' } as const;

/** The budget list in one dialect: the request for its first page, and how a page is read. */
export const budgetPages = (
  dialect: Dialect,
  { baseUrl, currency }: AnswerSettings,
  today: Day,
  tally: RowCount,
): { readonly first: VendorRequest; readonly read: (json: unknown) => Page<BudgetOutcome> } => {
  if (dialect === 'live') {
    const live = { ...list, rowSchema: liveBudgetSchema, nextRequest: liveBudgetsRequest };
    return {
      first: liveBudgetsRequest(null),
      read: (json) => {
        const page = readLivePage(json, live, tally);
        return { ...page, items: page.items.map((each) => liveBudget(each, today, currency)) };
      },
    };
  }
  const published = { ...list, rowSchema: publishedBudgetSchema, nextRequest: publishedBudgetsRequest };
  return {
    first: publishedBudgetsRequest(null),
    read: (json) => {
      const page = readPublishedPage(json, published, tally, baseUrl);
      return { ...page, items: page.items.map((each) => publishedBudget(each, currency)) };
    },
  };
};
