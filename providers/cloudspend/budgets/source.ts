import type { Budget } from '../../../src/domain/nouns.ts';
import type { BudgetSource, Session } from '../../../src/vendor/kit/index.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { distinctBy, readPart } from '../partial.ts';

import { accountTypes } from '../requests.ts';
import { history } from './history.ts';
import { budgetOf, budgetRowsOf, withInfo } from './normalise.ts';
import { budgetInfoRequest, budgetsRequest } from './requests.ts';
import { budgetWrites } from './writes.ts';

const concurrencyMax = 4;

/** The budget with what its own page adds. Where that page cannot be read, the budget stays as the list has it. */
const withDetails = async (session: Session, budget: Budget) => {
  const details = await readPart(`budget_info ${budget.nativeId}`, async () => {
    const { budget: whole, faults } = withInfo(budget, (await session.call(budgetInfoRequest(budget.nativeId))).json);
    return { items: [whole], faults };
  });
  return { budget: details.items[0] ?? budget, faults: details.faults };
};

export const budgets: BudgetSource = {
  list: async (session) => {
    const lists = await mapConcurrently(accountTypes, concurrencyMax, async (type) => {
      return budgetRowsOf((await session.call(budgetsRequest(type))).json, `budget dashboard ${type} data`);
    });
    // The vendor may ignore the filter by type: the same budget may come up to three times.
    const rows = distinctBy(
      lists.flatMap((list) => list.items),
      (row) => row.budget_id,
      'budget dashboard',
    );
    const read = await mapConcurrently(rows.items, concurrencyMax, (row) => withDetails(session, budgetOf(row)));
    return {
      items: read.map((each) => each.budget),
      notes: [],
      faults: [...lists.flatMap((list) => list.faults), ...rows.faults, ...read.flatMap((each) => each.faults)],
    };
  },
  history,
  writes: budgetWrites,
};
