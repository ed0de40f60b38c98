import { earlier, later, monthEnd, monthStart, monthsIn } from '../../../src/domain/day.ts';
import type { Days } from './fill.ts';

/** The days of each month by themselves. */
export const splitByMonth = ({ start, end }: Days): Days[] =>
  monthsIn(start, end).map((month) => ({
    start: later(start, monthStart(month)),
    end: earlier(end, monthEnd(month)),
  }));
