import { addDays, type Day, dayNumber } from '../domain/day.ts';
import { absolute, compare, type Decimal, subtract } from '../domain/decimal.ts';
import type { Severity } from '../domain/nouns.ts';
import type { BandWidth } from './anomaly-band.ts';
import { AnomalyWatch, type Direction, type Finding } from './anomaly-watch.ts';
import { scaleAmount, scaleSeries, unscale } from './scaled-series.ts';

export interface AnomalyInput {
  /** The day of the first amount. The best baseline starts two months before the first day of interest. */
  readonly start: Day;
  /** One per day; `null` means that the amount is unknown, not zero. */
  readonly amounts: readonly (Decimal | null)[];
  /** `high` reports more anomalies and more false alarms. */
  readonly sensitivity: Severity;
  /** The smallest deviation of an anomaly, in money. */
  readonly minImpact?: Decimal;
  /** The last day to be checked. Later days may be incomplete. */
  readonly upTo?: Day;
}

export interface DetectedAnomaly {
  /** The first day out of the band. The fields below describe this day. */
  readonly day: Day;
  readonly direction: Direction;
  readonly severity: Severity;
  readonly expected: Decimal;
  readonly lower: Decimal;
  readonly upper: Decimal;
  readonly actual: Decimal;
  /** The first day back in the band, also if the band has adapted to a new level; `null` while open. */
  readonly closedOn: Day | null;
}

const bandWidths: Readonly<Record<Severity, BandWidth>> = {
  low: { spreads: 6, shareMin: 0.25 },
  medium: { spreads: 4.5, shareMin: 0.12 },
  high: { spreads: 3.5, shareMin: 0.06 },
};

/** By the deviation in half-widths of the band, which is more than 1. */
const severityOf = ({ actual, band, direction }: Finding): Severity => {
  const half = direction === 'increase' ? band.upper - band.expected : band.expected - band.lower;
  const excess = Math.abs(actual - band.expected) / half;
  if (excess >= 3) return 'high';
  return excess >= 1.6 ? 'medium' : 'low';
};

/** Anomalies in order of days. Each day is compared with earlier days only. */
export const detectAnomalies = ({
  start,
  amounts,
  sensitivity,
  minImpact,
  upTo,
}: AnomalyInput): readonly DetectedAnomaly[] => {
  const checked = upTo === undefined ? amounts : amounts.slice(0, Math.max(0, dayNumber(upTo) - dayNumber(start) + 1));
  const series = scaleSeries(checked);
  const impactMin = minImpact === undefined ? 0 : scaleAmount(absolute(minImpact), series);
  const watch = new AnomalyWatch(bandWidths[sensitivity], impactMin);
  for (const [index, value] of series.values.entries()) watch.add(value, dayNumber(start) + index);

  return watch.findings.flatMap((finding) => {
    const actual = checked[finding.index];
    if (actual === undefined || actual === null) return [];
    const { band, direction, closedIndex } = finding;
    const expected = unscale(band.expected, series);
    const lower = unscale(band.lower, series);
    const upper = unscale(band.upper, series);
    // After rounding, the amount can lie on the band: no anomaly.
    const outside = direction === 'increase' ? compare(actual, upper) > 0 : compare(actual, lower) < 0;
    const deviation = absolute(subtract(actual, expected));
    if (!outside || (minImpact !== undefined && compare(deviation, absolute(minImpact)) < 0)) return [];
    const day = addDays(start, finding.index);
    const closedOn = closedIndex === null ? null : addDays(start, closedIndex);
    return [{ day, direction, severity: severityOf(finding), expected, lower, upper, actual, closedOn }];
  });
};
