import { type CostQuery, knownEnd } from '../costs/query/query.ts';
import { addDays, addMonths, type Day, daysBetween, earlier } from '../domain/day.ts';
import type { ProviderStatus } from '../domain/meta.ts';
import type { Note } from '../vendor/contract/contract.ts';

export const comparisons = ['previous-period', 'previous-month', 'previous-year'] as const;
export type Comparison = (typeof comparisons)[number];

export interface Range {
  readonly start: Day;
  readonly end: Day;
}

/** The range to compare with: the equally long one before, or the same days a month or a year earlier. */
export const rangeBefore = (query: CostQuery, comparison: Comparison, today: Day): Range => {
  const end = knownEnd(query, today);
  if (comparison === 'previous-period') {
    return { start: addDays(query.start, -daysBetween(query.start, end)), end: query.start };
  }
  const months = comparison === 'previous-month' ? -1 : -12;
  const start = addMonths(query.start, months);
  // Whole months stay whole. Otherwise the last day moves, so that 30 March is compared with the end of February.
  if (end.endsWith('-01')) return { start, end: addMonths(end, months) };
  return { start, end: addDays(addMonths(addDays(end, -1), months), 1) };
};

/** Where a vendor does not say how far it has reported, a day counts as reported once it has been over for a day. */
const reportedThrough = ({ completeThrough }: ProviderStatus, today: Day): Day => completeThrough ?? addDays(today, -2);

const hasFigures = ({ status }: ProviderStatus): boolean => status !== 'failed' && status !== 'unsupported';

/** The day after the last one that every connection with figures has wholly reported. Today is never reported. */
export const reportedEnd = (providers: readonly ProviderStatus[], today: Day): Day =>
  providers
    .filter(hasFigures)
    .map((status) => addDays(reportedThrough(status, today), 1))
    .reduce(earlier, today);

/** What each connection is told about days that were asked for and are not compared; null when all are. */
export const comparisonNote = (compared: Range | null, asked: Range): ((status: ProviderStatus) => Note[]) => {
  if (compared !== null && compared.end === asked.end) return () => [];
  const message =
    compared === null
      ? 'no day of the range has been reported by every connection yet, so nothing is compared; current is what is known so far'
      : `compared through ${addDays(compared.end, -1)}, the last day that every connection of this answer has reported; later days are not counted`;
  const code = compared === null ? 'nothing-compared' : 'compared-through';
  return (status) => {
    if (!hasFigures(status)) return [];
    const unsaid =
      status.completeThrough === null
        ? '; this vendor does not say how far it has reported, so the day before yesterday counts as its last'
        : '';
    return [{ code, message: `${message}${unsaid}` }];
  };
};
