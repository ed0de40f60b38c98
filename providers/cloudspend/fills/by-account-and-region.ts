import { addDays, monthStart } from '../../../src/domain/day.ts';
import type { CostReading } from '../../../src/vendor/kit/index.ts';
import { cloudOfNumber } from '../clouds.ts';
import { displayCurrency } from '../display-currency.ts';
import { regionCosts } from '../region-costs.ts';
import { costWidgetsRequest } from '../requests.ts';
import { type AccountReader, readEachAccount } from './each-account.ts';
import { type Days, type Figures, type Fill, noFigures, readingOf } from './fill.ts';
import { knownDays, unknownMonthFaults } from './missing-days.ts';
import { splitByMonth } from './months.ts';
import { compareWithTotal, notCompared } from './total.ts';

const regionReader = ({ session, question: { dimensions } }: Fill): AccountReader => ({
  name: 'common_widget_api',
  read: async ({ account, child }, { start }, range, currency) => {
    const { json } = await session.call(
      costWidgetsRequest({ costAccountId: account.id, billingAccountId: child.id, cloud: account.cloud, range }),
    );
    const day = monthStart(start.slice(0, 7));
    return regionCosts(json, { dimensions, account: child.id, cloud: cloudOfNumber(account.cloud), currency, day });
  },
});

type MonthFigures = Figures & Pick<CostReading, 'labels'>;

const readMonth = async (fill: Fill, days: Days, currency: string): Promise<MonthFigures> => {
  const { range } = fill;
  const unknown = unknownMonthFaults(days, range);
  const { known } = knownDays(days, range);
  if (known.start === known.end) return { ...noFigures, faults: unknown };
  const { items, faults, notes = [], labels } = await readEachAccount(fill, regionReader(fill), known, currency);
  const whole = faults.length === 0 && range.completeThrough !== null && days.end <= addDays(range.completeThrough, 1);
  const dated = items.map((item) => ({ ...item, day: known.start }));
  const total = whole ? await compareWithTotal(fill, known, dated, currency) : notCompared;
  return { items, faults: [...unknown, ...faults, ...total.faults], notes: [...notes, ...total.notes], labels };
};

/** One call a billing account and month: the sums of a range, without days. */
export const fillByAccountAndRegion = async (fill: Fill): Promise<CostReading> => {
  const currency = await displayCurrency(fill.session);
  const months: MonthFigures[] = [];
  for (const days of splitByMonth(fill.question)) months.push(await readMonth(fill, days, currency));
  const figures = {
    items: months.flatMap(({ items }) => items),
    faults: months.flatMap(({ faults }) => faults),
    notes: months.flatMap(({ notes }) => notes ?? []),
  };
  return readingOf(figures, fill.range, currency, months.at(-1)?.labels);
};
