import type { Budget } from '../../../src/domain/nouns.ts';
import type { BudgetSource, Note, Session } from '../../../src/vendor/kit/index.ts';
import { hourMs } from '../display-currency.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { type Decoded, distinctBy, readPart } from '../partial.ts';

import { accountTypes } from '../requests.ts';
import { history } from './history.ts';
import { budgetOf, budgetPageOf, budgetPageSchema, budgetRowsOf, withForecast } from './normalise.ts';
import { budgetInfoRequest, budgetsRequest } from './requests.ts';
import { budgetWrites } from './writes.ts';

const concurrencyMax = 4;
/** Forecasts change as rarely as the figures that they are made from. */
const pageMaxAgeMs = 6 * hourMs;
/** Pages that one listing reads: half of what the vendor allows in two minutes. */
const pagesMax = 40;

/** Not read now: the listing has read enough pages. */
const later = new Error('a later listing reads this page');

interface WithForecast extends Decoded<Budget> {
  readonly isLater: boolean;
}

/** Forecasts stand on the pages of budgets only: one call each. What cannot be read leaves the budget as it is listed. */
const createForecasts = (session: Session) => {
  let pages = 0;
  return async (budget: Budget): Promise<WithForecast> => {
    const { nativeId } = budget;
    try {
      const read = await readPart(`budget_info ${nativeId}`, async () => {
        const page = await session.fact(`budget-page/${nativeId}`, pageMaxAgeMs, budgetPageSchema, async () => {
          pages += 1;
          if (pages > pagesMax) throw later;
          return budgetPageOf((await session.call(budgetInfoRequest(nativeId))).json, nativeId);
        });
        const { budget: whole, faults } = withForecast(budget, page);
        return { items: [whole], faults };
      });
      return { items: read.items.length === 0 ? [budget] : read.items, faults: read.faults, isLater: false };
    } catch (thrown) {
      if (thrown !== later) throw thrown;
      return { items: [budget], faults: [], isLater: true };
    }
  };
};

const notesOf = (budgets: readonly WithForecast[]): Note[] => {
  const waiting = budgets.filter(({ isLater }) => isLater).length;
  return [
    ...(budgets.length === 0
      ? []
      : [
          {
            code: 'thresholds-unknown',
            message: 'CloudSpend does not list the thresholds at which its budgets alert.',
          },
        ]),
    ...(waiting === 0
      ? []
      : [{ code: 'forecasts-later', message: `The forecasts of ${waiting} budgets are read with the next listings.` }]),
  ];
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
    const withOwnForecast = createForecasts(session);
    const read = await mapConcurrently(rows.items, concurrencyMax, (row) => withOwnForecast(budgetOf(row)));
    return {
      items: read.flatMap(({ items }) => items),
      notes: [...lists.flatMap(({ notes }) => notes), ...notesOf(read)],
      faults: [...lists, rows, ...read].flatMap(({ faults }) => faults),
    };
  },
  history,
  writes: budgetWrites,
};
