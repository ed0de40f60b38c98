import { addDays, addMonths, monthOf, monthStart } from '../../src/domain/day.ts';
import type { AccountSource } from '../../src/vendor/kit/index.ts';
import { createNamedReader } from './names.ts';
import { accountsOf } from './normalise.ts';
import { type PriceSource, priceNotes } from './prices.ts';
import { lastCompleteDay } from './windows.ts';

/** Deployments and projects of this month, with what they cost in it and in the month before. */
export const createAccountSource = (organizationId: string, priceSource: PriceSource): AccountSource => ({
  list: async (session) => {
    const today = session.today();
    const tomorrow = addDays(today, 1);
    const thisMonth = monthStart(monthOf(today));
    const formerMonth = addMonths(thisMonth, -1);
    const read = createNamedReader(session, organizationId, { start: formerMonth, end: tomorrow, where: '' });
    const [current, former] = await Promise.all([
      read({ start: thisMonth, end: tomorrow, where: `${monthOf(thisMonth)}:` }),
      read({ start: formerMonth, end: thisMonth, where: `${monthOf(formerMonth)}:` }),
    ]);
    const prices = await priceSource.current(session);
    const unreported = lastCompleteDay(session) < thisMonth;
    return {
      items: accountsOf(current.instances, former.instances, today, formerMonth, unreported, prices),
      notes: priceNotes(prices, formerMonth, tomorrow),
      faults: [...former.faults, ...current.faults],
    };
  },
});
