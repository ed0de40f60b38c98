import { type Day, type Month, monthOf } from '../../src/domain/day.ts';
import type { Dimension } from '../../src/domain/dimension.ts';
import type { CostReading, Note, Session } from '../../src/vendor/kit/index.ts';
import { addLabels, costRows, type InstancesReading } from './normalise.ts';
import { type EcuPrices, editionText, priceNotes } from './prices.ts';
import { lastCompleteDay, type Window } from './windows.ts';

/** The first five, and how many more there are. */
const firstFew = (texts: readonly string[]): string =>
  texts.length <= 5 ? texts.join(', ') : `${texts.slice(0, 5).join(', ')} and ${texts.length - 5} more`;

const shortId = (id: string): string => id.replace(/[^\x20-\x7e]/g, '?').slice(0, 64);

const unitemisedNote = (ids: readonly string[]): Note[] => {
  if (ids.length === 0) return [];
  const named = firstFew([...new Set(ids)].sort().map(shortId));
  const message = `line items do not add up to the instance's total; the difference stands without category and resource: ${named}`;
  return [{ code: 'unitemised-cost', message }];
};

/** Both name the month only, so that the notes of its days are one note. */
const totalNotes = ({ totalDiffers, unlisted }: InstancesReading, month: Month): Note[] => {
  const differs = `in ${month} a total of the vendor differs from what its instances add up to, which is used`;
  const nameless = `in ${month} the vendor names no instance beside a total, which stands without account`;
  return [
    ...(unlisted === null ? [] : [{ code: 'unlisted-cost', message: nameless }]),
    ...(totalDiffers ? [{ code: 'total-differs', message: differs }] : []),
  ];
};

/** The last day that is complete; null where the question begins later. */
export const completeThrough = (session: Session, start: Day): Day | null => {
  const complete = lastCompleteDay(session);
  return complete >= start ? complete : null;
};

/** What one answer of the vendor says of a day or of a month, in rows that carry `day`. */
export const costReading = async (
  session: Session,
  answer: { readonly reading: InstancesReading; readonly day: Day; readonly window: Window; readonly daily: boolean },
  dimensions: readonly Dimension[],
  prices: EcuPrices,
): Promise<CostReading> => {
  const turns = session.turns();
  const { reading, day, window, daily } = answer;
  const accounts = new Map<string, string>();
  const resources = new Map<string, string>();
  await addLabels(reading.instances, accounts, resources, turns);
  const { rows, unitemised } = await costRows(reading, day, dimensions, prices, turns);
  return {
    items: rows,
    notes: [
      ...priceNotes(prices, window.start, window.end),
      ...unitemisedNote(unitemised),
      ...totalNotes(reading, monthOf(day)),
    ],
    faults: daily ? reading.faults.map((fault) => ({ ...fault, day })) : reading.faults,
    completeThrough: completeThrough(session, window.start),
    edition: editionText(prices),
    labels: { account: accounts, resource: resources },
  };
};

/** The reading of a fill that has handed over all its days. */
export const nothingLeft = (prices: EcuPrices): CostReading => ({
  items: [],
  notes: [],
  faults: [],
  completeThrough: null,
  edition: editionText(prices),
});
