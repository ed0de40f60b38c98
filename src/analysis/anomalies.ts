import { addDays, type Day, dayNumber } from '../domain/day.ts';
import { absolute, compare, type Decimal, subtract } from '../domain/decimal.ts';
import type { Severity } from '../domain/nouns.ts';
import type { BandWidth } from './anomaly-band.ts';
import { AnomalyWatch, type Direction, type Finding } from './anomaly-watch.ts';
import { scaleAmount, scaleSeries, unscale } from './scaled-series.ts';

export interface AnomalyInput {
  /** The day of the first amount. Two months before the first day of interest make the best baseline. */
  readonly start: Day;
  /** One a day; `null` is a day that is not known, which is not a day without cost. */
  readonly amounts: readonly (Decimal | null)[];
  /** `high` says more, and is wrong more often. */
  readonly sensitivity: Severity;
  /** What the deviation of a day has to come to, in money; a smaller one is no anomaly. */
  readonly minImpact?: Decimal;
  /** The last day to be judged: later ones may not be wholly reported yet. */
  readonly upTo?: Day;
}

export interface DetectedAnomaly {
  /** The first day out of line; what follows is of this day. */
  readonly day: Day;
  readonly direction: Direction;
  readonly severity: Severity;
  readonly expected: Decimal;
  readonly lower: Decimal;
  readonly upper: Decimal;
  readonly actual: Decimal;
  /** The first day back in the band, or the one on which the band had adapted to a new level; `null` while open. */
  readonly closedOn: Day | null;
}

const bandWidths: Readonly<Record<Severity, BandWidth>> = {
  low: { spreads: 6, shareMin: 0.25 },
  medium: { spreads: 4.5, shareMin: 0.12 },
  high: { spreads: 3.5, shareMin: 0.06 },
};

/** How many half-widths of the band a day lies from what was expected; more than 1. */
const severityOf = ({ actual, band, direction }: Finding): Severity => {
  const half = direction === 'increase' ? band.upper - band.expected : band.expected - band.lower;
  const excess = Math.abs(actual - band.expected) / half;
  if (excess >= 3) return 'high';
  return excess >= 1.6 ? 'medium' : 'low';
};

/** The days out of line, in order; a day is judged by the days before it alone. */
export const detectAnomalies = ({
  start,
  amounts,
  sensitivity,
  minImpact,
  upTo,
}: AnomalyInput): readonly DetectedAnomaly[] => {
  const judged = upTo === undefined ? amounts : amounts.slice(0, Math.max(0, dayNumber(upTo) - dayNumber(start) + 1));
  const series = scaleSeries(judged);
  const impactMin = minImpact === undefined ? 0 : scaleAmount(absolute(minImpact), series);
  const watch = new AnomalyWatch(bandWidths[sensitivity], impactMin);
  for (const [index, value] of series.values.entries()) watch.see(value, dayNumber(start) + index);

  return watch.findings.flatMap((finding) => {
    const actual = judged[finding.index];
    if (actual === undefined || actual === null) return [];
    const { band, direction, closedIndex } = finding;
    const expected = unscale(band.expected, series);
    const lower = unscale(band.lower, series);
    const upper = unscale(band.upper, series);
    // What rounding to the last decimal has put back on the band is not worth a word.
    const outside = direction === 'increase' ? compare(actual, upper) > 0 : compare(actual, lower) < 0;
    const deviation = absolute(subtract(actual, expected));
    if (!outside || (minImpact !== undefined && compare(deviation, absolute(minImpact)) < 0)) return [];
    const day = addDays(start, finding.index);
    const closedOn = closedIndex === null ? null : addDays(start, closedIndex);
    return [{ day, direction, severity: severityOf(finding), expected, lower, upper, actual, closedOn }];
  });
};
