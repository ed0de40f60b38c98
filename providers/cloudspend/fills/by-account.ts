import type { CostReading } from '../../../src/vendor/kit/index.ts';
import { cloudOfNumber } from '../clouds.ts';
import { displayCurrency } from '../display-currency.ts';
import { trendCosts } from '../normalise.ts';
import { trendRequest } from '../requests.ts';
import { type AccountReader, readEachAccount } from './each-account.ts';
import { type Fill, noFigures, readingOf } from './fill.ts';
import { knownDays } from './missing-days.ts';
import { compareWithTotal, notCompared } from './total.ts';

const trendReader = ({ session, question: { dimensions } }: Fill): AccountReader => ({
  name: 'trend_box',
  read: async ({ account, child }, { start, end }, range, currency) => {
    const { json } = await session.call(
      trendRequest({ costAccountId: account.id, billingAccountId: child.id, cloud: account.cloud, range }),
    );
    const cloud = cloudOfNumber(account.cloud);
    return trendCosts(json, { dimensions, account: child.id, cloud, currency, start, end }, session.turns());
  },
});

/** One call a billing account and month. */
export const fillByAccount = async (fill: Fill): Promise<CostReading> => {
  const { session, question, range } = fill;
  const { known, faults: unknown } = knownDays(question, range);
  const currency = await displayCurrency(session);
  if (known.start === known.end) return readingOf({ ...noFigures, faults: unknown }, range, currency);
  const { items, faults, notes = [], labels } = await readEachAccount(fill, trendReader(fill), known, currency);
  const total = faults.length === 0 ? await compareWithTotal(fill, known, items, currency) : notCompared;
  const all = { items, faults: [...unknown, ...faults, ...total.faults], notes: [...notes, ...total.notes] };
  return readingOf(all, range, currency, labels);
};
