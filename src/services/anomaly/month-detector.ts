import { LRUCache } from 'lru-cache';
import { type DetectedAnomaly, detectAnomalies } from '../../analysis/index.ts';
import { addDays, type Day, daysIn, earlier, type Month, monthEnd, monthOf, monthStart } from '../../domain/day.ts';
import { decimalText, zero } from '../../domain/decimal.ts';
import { entriesMax } from '../../domain/entries-max.ts';
import { amountOf } from '../../domain/money.ts';
import { jsonDigest } from '../writes/fingerprint.ts';
import type { GroupSeries } from './series.ts';
import type { Watch } from './watch.ts';

/** Two whole months of history before the month, so that effects of the day of the month occur twice in it. */
const baselineDays = 62;
/** Days after a month that show when its last anomalies ended. */
const endingDays = 31;
/** Cached results, one per series and month: costs of closed months do not change. */
const cachedMonthsMax = 50_000;

/**
 * The days that are needed to judge these months. A month is always judged over the same days, so that an anomaly has
 * the same figures in every requested range.
 */
export const daysToJudge = (months: readonly Month[]): { readonly start: Day; readonly end: Day } => {
  const sorted = [...months].sort();
  const [first = ''] = sorted;
  return {
    start: addDays(monthStart(first), -baselineDays),
    end: addDays(monthEnd(sorted.at(-1) ?? first), endingDays),
  };
};

export interface MonthQuestion {
  readonly series: GroupSeries;
  readonly month: Month;
  readonly watch: Pick<Watch, 'sensitivity' | 'minImpact'>;
  /** The last day to judge. */
  readonly upTo: Day;
  /** True if days without a row may be missing data; otherwise they cost zero. */
  readonly hasGaps: boolean;
}

export type MonthDetector = (question: MonthQuestion) => readonly DetectedAnomaly[];

/** The anomalies that begin in one month of one series. */
export const createMonthDetector = (): MonthDetector => {
  const cachedMonths = new LRUCache<string, readonly DetectedAnomaly[]>(entriesMax(cachedMonthsMax));

  const judge = (
    { series, month, watch, hasGaps }: MonthQuestion,
    start: Day,
    last: Day,
  ): readonly DetectedAnomaly[] => {
    const amounts = daysIn(start, addDays(last, 1)).map((day) => series.amounts.get(day) ?? (hasGaps ? null : zero));
    const { sensitivity, minImpact } = watch;
    const minImpactAmount = minImpact?.currency === series.currency ? amountOf(minImpact) : undefined;
    const texts = amounts.map((amount) => (amount === null ? '-' : decimalText(amount)));
    const key = jsonDigest(
      sensitivity,
      minImpactAmount === undefined ? null : decimalText(minImpactAmount),
      start,
      texts.join(' '),
    );
    const known = cachedMonths.get(key);
    if (known !== undefined) return known;
    const found = detectAnomalies({
      start,
      amounts,
      sensitivity,
      ...(minImpactAmount === undefined ? {} : { minImpact: minImpactAmount }),
    }).filter(({ day }) => monthOf(day) === month);
    cachedMonths.set(key, found);
    return found;
  };

  return (question) => {
    const { month, upTo } = question;
    if (upTo < monthStart(month)) return [];
    const { start, end } = daysToJudge([month]);
    const found = judge(question, start, earlier(upTo, addDays(monthEnd(month), -1)));
    // Later days only show when an anomaly ended.
    return found.every(({ closedOn }) => closedOn !== null)
      ? found
      : judge(question, start, earlier(upTo, addDays(end, -1)));
  };
};
