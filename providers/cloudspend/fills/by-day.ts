import { addDays, type Day, daysIn } from '../../../src/domain/day.ts';
import type { CostReading, SourceCost } from '../../../src/vendor/kit/index.ts';
import { displayCurrency, requireCurrency } from '../display-currency.ts';
import { dateRange } from '../end-date.ts';
import { settleConcurrently } from '../map-concurrently.ts';
import { sankeyCosts } from '../normalise.ts';
import { sankeyRequest } from '../requests.ts';
import { type Days, type Figures, type Fill, noFigures, readingOf } from './fill.ts';
import { knownDays } from './missing-days.ts';
import { compareWithTotal, notCompared } from './total.ts';

const concurrencyMax = 4;
/** Days between two looks at the display currency; then they are handed over. */
const daysAtOnce = 8;

interface ReadDay extends Figures {
  readonly day: Day;
}

const readDay = async ({ session, question }: Fill, day: Day, currency: string): Promise<ReadDay> => {
  const range = await dateRange(session, day, addDays(day, 1));
  const { json } = await session.call(sankeyRequest(range));
  const { items, faults } = await sankeyCosts(
    json,
    { dimensions: question.dimensions, day, currency },
    session.turns(),
  );
  return { day, items, faults: faults.map((fault) => ({ ...fault, day })) };
};

/** Neighbouring days together. */
const runsOf = (days: readonly ReadDay[]): (Days & Figures)[] => {
  const runs: (Days & Figures)[] = [];
  for (const { day, items, faults } of days) {
    const last = runs.at(-1);
    const end = addDays(day, 1);
    if (last?.end !== day) runs.push({ start: day, end, items, faults });
    else {
      runs[runs.length - 1] = { ...last, end, items: [...last.items, ...items], faults: [...last.faults, ...faults] };
    }
  }
  return runs;
};

const inParts = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** One call a day. Days are handed over some at a time, also those that were read when another failed. */
export const fillByDay = async (fill: Fill): Promise<CostReading> => {
  const { session, question, range } = fill;
  const { known, faults: unknown } = knownDays(question, range);
  const currency = await displayCurrency(session);
  const reading = (figures: Figures) => readingOf(figures, range, currency);
  if (known.start > question.start) {
    await session.keep({ start: question.start, end: known.start, ...reading({ items: [], faults: unknown }) });
  }
  const rows: SourceCost[] = [];
  let isWhole = true;
  const batches = inParts(daysIn(known.start, known.end), daysAtOnce);
  for (const [index, batch] of batches.entries()) {
    const { results, thrown } = await settleConcurrently(batch, concurrencyMax, (day) => readDay(fill, day, currency));
    await requireCurrency(session, currency);
    for (const { items } of results) rows.push(...items);
    isWhole &&= results.every(({ faults }) => faults.length === 0);
    const isLast = thrown === null && index === batches.length - 1;
    const total = isLast && isWhole ? await compareWithTotal(fill, known, rows, currency) : notCompared;
    for (const { start, end, ...figures } of runsOf(results)) {
      await session.keep({ start, end, ...reading({ ...figures, notes: total.notes }) });
    }
    if (thrown !== null) throw thrown.reason;
    if (isLast) return reading({ ...noFigures, faults: total.faults });
  }
  return reading(noFigures);
};
