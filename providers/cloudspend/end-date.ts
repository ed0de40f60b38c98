import { z } from 'zod';
import { addDays, type Day } from '../../src/domain/day.ts';
import { type Decimal, decimal, decimalText, isZero, sum } from '../../src/domain/decimal.ts';
import type { Session } from '../../src/vendor/kit/index.ts';
import { availability } from './availability.ts';
import { hourMs } from './display-currency.ts';
import { concernsOneOperation } from './failures.ts';
import { sankeyCosts } from './normalise.ts';
import { type DateRange, sankeyRequest } from './requests.ts';

/** Whether a range includes the day that it ends with. The vendor's document does not say. */
const conventionSchema = z.enum(['inclusive', 'exclusive']);
type Convention = z.output<typeof conventionSchema>;

const conventionFact = 'end-date';
const conventionMaxAgeMs = 400 * 24 * hourMs;
const attemptFact = 'end-date/attempt';
const attemptMaxAgeMs = 6 * hourMs;
/** Days that surely have all of their figures where the vendor does not say up to when they are whole. */
const settledDays = 5;

/** The cost of a range as it is written; null where the vendor refuses to answer it. */
const costOf = async (session: Session, range: DateRange): Promise<Decimal | null> => {
  try {
    const { json } = await session.call(sankeyRequest(range));
    const context = { dimensions: [], day: range.start_date, currency: 'XXX' };
    const { items } = await sankeyCosts(json, context, session.turns());
    return sum(items.map(({ amount }) => decimal(amount)));
  } catch (thrown) {
    if (concernsOneOperation(thrown) && thrown.kind === 'vendor-rejected') return null;
    throw thrown;
  }
};

const hasCost = (amount: Decimal | null): amount is Decimal => amount !== null && !isZero(amount);

/** Asks for one day both ways. Null where days without cost leave the answers equal. */
const findConvention = async (session: Session): Promise<Convention | null> => {
  const { completeThrough } = await availability(session);
  const next = completeThrough ?? addDays(session.today(), -settledDays);
  const day = addDays(next, -1);
  const alone = await costOf(session, { start_date: day, end_date: day });
  const both = await costOf(session, { start_date: day, end_date: next });
  if (!hasCost(both)) return null;
  if (hasCost(alone) && decimalText(alone) !== decimalText(both)) return 'inclusive';
  const nextAlone = await costOf(session, { start_date: next, end_date: next });
  // The first day costs nothing, or ranges of one day are empty.
  if (!hasCost(alone)) return hasCost(nextAlone) ? 'inclusive' : 'exclusive';
  // A range of one day is read as that day by a vendor that excludes the last, or the second day costs nothing.
  return hasCost(nextAlone) ? 'exclusive' : null;
};

const undetermined = new Error('the figures do not tell');

/** The convention once it is known; until then `inclusive`, and the data is looked at again some hours later. */
const convention = async (session: Session): Promise<Convention> => {
  try {
    return await session.fact(conventionFact, conventionMaxAgeMs, conventionSchema, async () => {
      const found = await session.fact(attemptFact, attemptMaxAgeMs, conventionSchema.nullable(), () =>
        findConvention(session),
      );
      if (found === null) throw undetermined;
      return found;
    });
  } catch (thrown) {
    if (thrown === undetermined || concernsOneOperation(thrown)) return 'inclusive';
    throw thrown;
  }
};

/** The days from `start` up to but not including `end`, as the vendor's requests name them. */
export const dateRange = async (session: Session, start: Day, end: Day): Promise<DateRange> => ({
  start_date: start,
  end_date: (await convention(session)) === 'inclusive' ? addDays(end, -1) : end,
});
