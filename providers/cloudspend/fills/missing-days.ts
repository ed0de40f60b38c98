import { type Day, daysIn, earlier, monthStart } from '../../../src/domain/day.ts';
import type { ReadingFault } from '../../../src/vendor/kit/index.ts';
import type { Availability } from '../availability.ts';
import type { Days } from './fill.ts';

const beforeFirstDay = (day: Day, since: Day): ReadingFault => ({
  path: `days before ${since}`,
  message: `are not known to CloudSpend, whose figures begin on ${since}`,
  day,
});

/** The days that the vendor may have figures of, and a fault for each day before its first. */
export const knownDays = (
  { start, end }: Days,
  { since }: Availability,
): { readonly known: Days; readonly faults: readonly ReadingFault[] } => {
  if (since === null || since <= start) return { known: { start, end }, faults: [] };
  const first = earlier(since, end);
  return { known: { start: first, end }, faults: daysIn(start, first).map((day) => beforeFirstDay(day, since)) };
};

/** The fault of a month that the vendor does not know from its first day on. */
export const unknownMonthFaults = ({ start, end }: Days, { since }: Availability): readonly ReadingFault[] => {
  if (since === null || since <= start) return [];
  const day = monthStart(start.slice(0, 7));
  return [
    since >= end
      ? beforeFirstDay(day, since)
      : {
          path: `days before ${since}`,
          message: 'are not in the figure of their month; CloudSpend does not know them',
          day,
        },
  ];
};
