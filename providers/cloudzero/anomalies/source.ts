import type { AnomalySource } from '../../../src/vendor/kit/index.ts';
import { distinctById } from '../distinct.ts';
import { emptyWithNote, inInsightDialect, readLiveInsights } from '../insights/dialect.ts';
import type { AnswerSettings } from '../settings.ts';
import { anomalyNotes, anomalyOfInsight, kindOfInsight } from './normalise.ts';

/** Insights of the live dialect that are anomalies, or may be. The published dialect reports none. */
export const createAnomalySource = (settings: AnswerSettings): AnomalySource => ({
  list: (session, { start, end }) =>
    inInsightDialect(session, settings, async (dialect) => {
      if (dialect === 'published') {
        return emptyWithNote(
          'published-has-no-anomalies',
          'The insights of this CloudZero organisation are monitors; it reports no anomalies.',
        );
      }
      const { insights, faults: walked } = await readLiveInsights(session);
      const kinds = insights.map((insight) => ({ insight, kind: kindOfInsight(insight) }));
      const candidates = kinds.filter(({ kind }) => kind !== 'tracked work');
      const outcomes = candidates.map(({ insight, kind }) => ({
        kind,
        outcome: anomalyOfInsight(insight, settings.currency),
      }));
      const inRange = outcomes.flatMap(({ kind, outcome }) =>
        outcome.kind === 'anomaly' && outcome.anomaly.day >= start && outcome.anomaly.day < end
          ? [{ kind, anomaly: outcome.anomaly }]
          : [],
      );
      const { items, faults } = distinctById(
        inRange.map(({ anomaly }) => anomaly),
        'insights',
      );
      return {
        items,
        notes: anomalyNotes({
          listed: items.length,
          unclear: inRange.filter(({ kind }) => kind === 'unclear').length,
          trackedWork: kinds.length - candidates.length,
          withoutImpact: outcomes.filter(({ outcome }) => outcome.kind === 'without impact').length,
        }),
        faults: [
          ...walked,
          ...outcomes.flatMap(({ outcome }) => (outcome.kind === 'refused' ? [outcome.fault] : [])),
          ...faults,
        ],
      };
    }),
});
