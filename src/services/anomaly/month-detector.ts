import { LRUCache } from 'lru-cache';
import { type DetectedAnomaly, detectAnomalies } from '../../analysis/index.ts';
import { addDays, type Day, daysIn, earlier, type Month, monthEnd, monthOf, monthStart } from '../../domain/day.ts';
import { decimalText, zero } from '../../domain/decimal.ts';
import { amountOf } from '../../domain/money.ts';
import { digestOf } from '../writes/fingerprint.ts';
import type { Series } from './series.ts';
import type { Watch } from './watch.ts';

/** Two whole months before a month make the baseline of its first day: what the days of a month cost shows twice in them. */
const baselineDays = 62;
/** So many days after a month tell how its last anomalies ended. */
const endingDays = 31;
/** Months of series whose judgement is remembered: costs of closed months do not change. */
const judgementsMax = 50_000;

/**
 * What has to be known to judge these months. A month is always judged over the same days, so that an anomaly is the
 * same one, with the same figures, whatever range it is asked for in.
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
  readonly series: Series;
  readonly month: Month;
  readonly watch: Pick<Watch, 'sensitivity' | 'minImpact'>;
  /** The last day to be judged. */
  readonly upTo: Day;
  /** Days without a row may be holes in what is known; otherwise nothing was spent on them. */
  readonly holes: boolean;
}

export type MonthDetector = (question: MonthQuestion) => readonly DetectedAnomaly[];

/** The anomalies that begin in one month of one series. */
export const createMonthDetector = (): MonthDetector => {
  const judgements = new LRUCache<string, readonly DetectedAnomaly[]>({ max: judgementsMax });

  const judge = ({ series, month, watch, holes }: MonthQuestion, start: Day, last: Day): readonly DetectedAnomaly[] => {
    const amounts = daysIn(start, addDays(last, 1)).map((day) => series.amounts.get(day) ?? (holes ? null : zero));
    const { sensitivity, minImpact } = watch;
    const least = minImpact?.currency === series.currency ? amountOf(minImpact) : undefined;
    const texts = amounts.map((amount) => (amount === null ? '-' : decimalText(amount)));
    const key = digestOf(sensitivity, least === undefined ? null : decimalText(least), start, texts.join(' '));
    const known = judgements.get(key);
    if (known !== undefined) return known;
    const found = detectAnomalies({
      start,
      amounts,
      sensitivity,
      ...(least === undefined ? {} : { minImpact: least }),
    }).filter(({ day }) => monthOf(day) === month);
    judgements.set(key, found);
    return found;
  };

  return (question) => {
    const { month, upTo } = question;
    if (upTo < monthStart(month)) return [];
    const { start, end } = daysToJudge([month]);
    const found = judge(question, start, earlier(upTo, addDays(monthEnd(month), -1)));
    // Later days only tell when it was over.
    return found.every(({ closedOn }) => closedOn !== null)
      ? found
      : judge(question, start, earlier(upTo, addDays(end, -1)));
  };
};
