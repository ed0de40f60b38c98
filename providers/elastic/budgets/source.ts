import { z } from 'zod';
import { addDays, type Day, monthOf, monthStart } from '../../../src/domain/day.ts';
import { multiply, sum } from '../../../src/domain/decimal.ts';
import { money } from '../../../src/domain/money.ts';
import type { Budget } from '../../../src/domain/nouns.ts';
import { type BudgetSource, Failure, type ReadingFault, type Session } from '../../../src/vendor/kit/index.ts';
import { totalOf } from '../normalise.ts';
import { type EcuPrices, type PriceSource, priceNotes, priceOn } from '../prices.ts';
import { readWindow } from '../windows.ts';
import { type BudgetEntry, budgetEntries } from './normalise.ts';
import { budgetsRequest } from './requests.ts';
import { createBudgetWrites } from './writes.ts';

const availableMs = 24 * 3_600_000;
const availableFact = 'budgets';

interface SpentReading {
  readonly budgets: readonly Budget[];
  readonly faults: readonly ReadingFault[];
}

/** The budgets of several instances, with what these cost this month; no filter of the gateway can add that up. */
const withSpent = async (
  session: Session,
  organizationId: string,
  entries: readonly BudgetEntry[],
  prices: EcuPrices,
): Promise<SpentReading> => {
  const unspent = { budgets: entries.map(({ budget }) => budget), faults: [] };
  if (entries.every(({ instances }) => instances.length === 0)) return unspent;
  const month = monthStart(monthOf(session.today()));
  try {
    const window = { start: month, end: addDays(session.today(), 1), where: 'budgets spent ' };
    const reading = await readWindow(session, organizationId, window, false);
    if (reading.faults.length > 0) return { ...unspent, faults: reading.faults };
    const spentBy = (ids: readonly string[]) =>
      sum(reading.instances.filter(({ id }) => ids.includes(id)).map((instance) => totalOf(instance)));
    const price = priceOn(prices, month);
    return {
      budgets: entries.map(({ budget, instances }) =>
        instances.length === 0
          ? budget
          : { ...budget, spent: money(multiply(spentBy(instances), price), prices.currency) },
      ),
      faults: [],
    };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { ...unspent, faults: [{ path: 'budgets spent', message: thrown.details.public }] };
  }
};

const limitNote = (today: Day) => ({
  code: 'ecu-budget',
  message: `Elastic Cloud holds budgets in whole ECU; limits are shown at the price of ${today}`,
});

/** Not every organization has budgets: the vendor then answers 404. */
export const createBudgetSource = (
  organizationId: string,
  currency: string,
  priceSource: PriceSource,
): BudgetSource => ({
  available: (session) =>
    session.fact(availableFact, availableMs, z.boolean(), async () => {
      try {
        await session.call(budgetsRequest(organizationId));
        return true;
      } catch (thrown) {
        if (thrown instanceof Failure && thrown.kind === 'vendor-not-found') return false;
        throw thrown;
      }
    }),
  list: async (session) => {
    const reply = await session.call(budgetsRequest(organizationId)).catch(async (thrown) => {
      if (thrown instanceof Failure && thrown.kind === 'vendor-not-found') await session.forget(availableFact);
      throw thrown;
    });
    const today = session.today();
    const prices = await priceSource.current(session);
    const { items, notes, faults } = budgetEntries(reply.json, prices, today);
    const spent = await withSpent(session, organizationId, items, prices);
    const limitNotes = items.length === 0 ? [] : [limitNote(today), ...priceNotes(prices, today, addDays(today, 1))];
    return { items: spent.budgets, notes: [...limitNotes, ...notes], faults: [...faults, ...spent.faults] };
  },
  writes: createBudgetWrites(organizationId, currency, priceSource),
});
