import { addDays, type Day, monthStart } from '../../../src/domain/day.ts';
import type { CostReading } from '../../../src/vendor/kit/index.ts';
import { inDisplayCurrency } from '../display-currency.ts';
import { dateRange } from '../end-date.ts';
import { sankeyCosts } from '../normalise.ts';
import { sankeyRequest } from '../requests.ts';
import { type Days, type Figures, type Fill, noFigures, readingOf } from './fill.ts';
import { knownDays, unknownMonthFaults } from './missing-days.ts';
import { splitByMonth } from './months.ts';
import { compareWithTotal, notCompared } from './total.ts';

const readMonth = async (fill: Fill, days: Days, currency: string): Promise<Figures> => {
  const { session, question, range } = fill;
  const unknown = unknownMonthFaults(days, range);
  const { known } = knownDays(days, range);
  if (known.start === known.end) return { ...noFigures, faults: unknown };
  const day: Day = monthStart(days.start.slice(0, 7));
  const { json } = await session.call(sankeyRequest(await dateRange(session, known.start, known.end)));
  const { items, faults } = await sankeyCosts(
    json,
    { dimensions: question.dimensions, day, currency },
    session.turns(),
  );
  const whole = faults.length === 0 && range.completeThrough !== null && days.end <= addDays(range.completeThrough, 1);
  const dated = items.map((item) => ({ ...item, day: known.start }));
  const total = whole ? await compareWithTotal(fill, known, dated, currency) : notCompared;
  return { items, faults: [...unknown, ...faults, ...total.faults], notes: total.notes };
};

/** One call a month. */
export const fillByMonth = (fill: Fill): Promise<CostReading> =>
  inDisplayCurrency(fill.session, async (currency) => {
    const months: Figures[] = [];
    for (const days of splitByMonth(fill.question)) months.push(await readMonth(fill, days, currency));
    const figures = {
      items: months.flatMap(({ items }) => items),
      faults: months.flatMap(({ faults }) => faults),
      notes: months.flatMap(({ notes }) => notes ?? []),
    };
    return readingOf(figures, fill.range, currency);
  });
