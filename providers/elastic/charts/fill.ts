import { addDays, type Day, daysBetween, earlier } from '../../../src/domain/day.ts';
import { type Decimal, decimalText, multiply } from '../../../src/domain/decimal.ts';
import {
  type CostQuestion,
  type CostReading,
  Failure,
  type FillSession,
  type Note,
} from '../../../src/vendor/kit/index.ts';
import { failsEveryDay } from '../each-day.ts';
import { createNamedReader, type ReadNamed } from '../names.ts';
import type { InstancesReading } from '../normalise.ts';
import { type EcuPrices, editionText, priceNotes, priceOn } from '../prices.ts';
import { completeThrough } from '../readings.ts';
import { lastCompleteDay } from '../windows.ts';
import { type Agreement, agreementOf, instanceTotals } from './agreement.ts';
import { type ChartValue, readChart, totalsById } from './normalise.ts';
import { chartRequest } from './requests.ts';
import { chartVerdict, factorOfVerdict, isAbsent, markUnusable, type Usable } from './verdict.ts';

/** The reading of the days before `end`. The others have to be read one by one; the note says why. */
export interface ChartFill {
  readonly reading: CostReading | null;
  readonly end: Day;
  readonly note: Note | null;
}

const differs: Note = {
  code: 'charts-unused',
  message: 'a chart does not agree with the line items of its days, so these were read one by one',
};
const openDays: Note = {
  code: 'charts-unused',
  message:
    'the chart of days that are not complete does not agree with their line items, so these were read one by one',
};
const rounded: Note = {
  code: 'charts-rounded',
  message: 'figures by deployment come from charts, which differ from the line items by less than 0.0001 ECU a day',
};
const unreadable = (failure: Failure): Note => ({
  code: 'charts-unused',
  message: `a chart could not be read, so its days were read one by one: ${failure.details.public}`,
});

interface Checked {
  readonly agreement: Agreement;
  readonly items: InstancesReading;
}

/** Compares the values before `end` with the line items of the same days, in one call. */
const check = async (
  read: ReadNamed,
  values: readonly ChartValue[],
  { start, end }: { readonly start: Day; readonly end: Day },
  factor: Decimal,
): Promise<Checked> => {
  const items = await read({ start, end, where: '' });
  const charted = totalsById(values.filter(({ day }) => day < end));
  const whole = items.faults.length === 0 && items.unlisted === null;
  const agreement = agreementOf(charted, instanceTotals(items), factor, daysBetween(start, end));
  return { agreement: whole ? agreement : 'none', items };
};

const namesOf = (values: readonly ChartValue[], { instances }: InstancesReading): Map<string, string> => {
  const names = new Map<string, string>();
  for (const { id, name } of [...values, ...instances]) if (id !== null && name !== null) names.set(id, name);
  return names;
};

const readChartedDays = async (
  session: FillSession,
  organizationId: string,
  { start, end }: CostQuestion,
  verdict: Usable,
  prices: EcuPrices,
): Promise<ChartFill> => {
  const reply = await session.call(chartRequest(organizationId, { start, end }, session.now()));
  const { values, faults } = readChart(reply.json, start, end);
  if (faults.length > 0) return { reading: null, end: start, note: differs };
  const factor = factorOfVerdict(verdict);
  const read = createNamedReader(session, organizationId, { start, end, where: '' });
  let checked = await check(read, values, { start, end }, factor);
  let agreedEnd = end;
  // Days that are not complete may change between two calls.
  const completeEnd = earlier(end, addDays(lastCompleteDay(session), 1));
  if (checked.agreement === 'none' && start < completeEnd && completeEnd < end) {
    checked = await check(read, values, { start, end: completeEnd }, factor);
    agreedEnd = completeEnd;
  }
  if (checked.agreement === 'none') return { reading: null, end: start, note: differs };
  const reading: CostReading = {
    items: values
      .filter(({ day }) => day < agreedEnd)
      .map(({ day, id, value }) => ({
        day,
        values: [id],
        amount: decimalText(multiply(multiply(value, factor), priceOn(prices, day))),
        currency: prices.currency,
      })),
    notes: [...priceNotes(prices, start, end), ...(checked.agreement === 'rounded' ? [rounded] : [])],
    faults: [],
    completeThrough: completeThrough(session, start),
    edition: editionText(prices),
    labels: { account: namesOf(values, checked.items) },
  };
  return { reading, end: agreedEnd, note: agreedEnd === end ? null : openDays };
};

/**
 * Days by instance from one chart, checked against the line items of the same days in one call more. What does not
 * agree, or cannot be read, is not used.
 */
export const fillFromChart = async (
  session: FillSession,
  organizationId: string,
  question: CostQuestion,
  prices: EcuPrices,
): Promise<ChartFill> => {
  const none = (note: Note | null): ChartFill => ({ reading: null, end: question.start, note });
  try {
    const verdict = await chartVerdict(session, organizationId);
    if (verdict.kind !== 'usable') return none(null);
    const filled = await readChartedDays(session, organizationId, question, verdict, prices);
    if (filled.reading === null) await markUnusable(session, 'differs');
    return filled;
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    if (isAbsent(thrown)) await markUnusable(session, 'absent');
    else if (failsEveryDay(thrown)) throw thrown;
    return none(unreadable(thrown));
  }
};
