import { type Day, dayOfInstant } from '../../../src/domain/day.ts';
import { decimal, isNegative } from '../../../src/domain/decimal.ts';
import { money } from '../../../src/domain/money.ts';
import type { Anomaly } from '../../../src/domain/nouns.ts';
import type { Note, ReadingFault } from '../../../src/vendor/kit/index.ts';
import type { LiveInsight } from '../insights/wire.ts';
import { blankToNull } from '../normalise.ts';
import { instantOfEpoch } from '../timestamps.ts';

/** The vendor has no severity: this one is shown. */
const severityShown = 'medium';
const closedStatuses: readonly string[] = ['addressed', 'ignored'];

export type InsightKind = 'anomaly' | 'tracked work' | 'unclear';

/**
 * The vendor lists anomalies and tracked work as insights, and documents no way to tell them apart. The category says
 * it where it names anomalies; where there is no category, nobody can tell.
 */
export const kindOfInsight = ({ category }: LiveInsight): InsightKind => {
  const text = blankToNull(category);
  if (text === null) return 'unclear';
  return /anomal/i.test(text) ? 'anomaly' : 'tracked work';
};

export type AnomalyOutcome =
  | { readonly kind: 'anomaly'; readonly anomaly: Anomaly }
  | { readonly kind: 'without impact' }
  | { readonly kind: 'refused'; readonly fault: ReadingFault };

/** The impact is actual minus expected in real cost; the vendor tells neither of the two. */
export const anomalyOfInsight = (insight: LiveInsight, currency: string): AnomalyOutcome => {
  const path = `insights(id=${insight.id})`;
  const detectedAt = instantOfEpoch(insight.created ?? '');
  if (detectedAt === null) {
    return {
      kind: 'refused',
      fault: { path: `${path}.created`, message: 'is missing or is no time in epoch seconds' },
    };
  }
  if (insight.cost_impact === null || insight.cost_impact === undefined) return { kind: 'without impact' };
  const impact = decimal(insight.cost_impact);
  const category = blankToNull(insight.category);
  const day: Day = dayOfInstant(Date.parse(detectedAt));
  return {
    kind: 'anomaly',
    anomaly: {
      nativeId: insight.id,
      name: blankToNull(insight.title) ?? insight.id,
      detectedAt,
      day,
      severity: severityShown,
      status: closedStatuses.includes(insight.status ?? '') ? 'closed' : 'open',
      nativeStatus: insight.status ?? 'unknown',
      direction: isNegative(impact) ? 'decrease' : 'increase',
      scope: category === null ? {} : { category },
      expected: null,
      actual: null,
      impact: money(impact, currency),
    },
  };
};

export const anomalyNotes = (counts: {
  readonly listed: number;
  readonly unclear: number;
  readonly trackedWork: number;
  readonly withoutImpact: number;
}): Note[] => {
  const notes: Note[] = [];
  const note = (code: string, message: string) => notes.push({ code, message });
  if (counts.listed > 0) {
    note(
      'anomaly-impact-only',
      'CloudZero tells the cost impact of an anomaly, which is actual minus expected in real cost, but neither of the two, and no severity; it is shown as medium, on the day it was created.',
    );
  }
  if (counts.trackedWork > 0) {
    note(
      'insight-category',
      `CloudZero does not document how anomalies differ from tracked work: insights whose category names an anomaly are listed here, and the other ${counts.trackedWork} as recommendations.`,
    );
  }
  if (counts.unclear > 0) {
    note(
      'insight-unclear',
      `${counts.unclear} CloudZero insights have no category, so they may be anomalies or tracked work; they are listed as both.`,
    );
  }
  if (counts.withoutImpact > 0) {
    note(
      'anomaly-without-impact',
      `${counts.withoutImpact} CloudZero anomalies have no cost impact; they are left out.`,
    );
  }
  return notes;
};
