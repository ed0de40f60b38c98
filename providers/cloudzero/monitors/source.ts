import type { Monitor } from '../../../src/domain/nouns.ts';
import { type MonitorSource, type Note, paginate, type Reading, type Session } from '../../../src/vendor/kit/index.ts';
import { inDialect } from '../dialect.ts';
import { indexFor } from '../dimension-index.ts';
import { distinctById } from '../distinct.ts';
import { RowCount } from '../paging.ts';
import type { AnswerSettings } from '../settings.ts';
import { listViewMonitors } from '../views/source.ts';
import { monitorOf } from './normalise.ts';
import { readPublishedInsights } from './pages.ts';
import { publishedInsightsRequest } from './requests.ts';
import { createMonitorWrites } from './writes.ts';

const publishedMonitors = async (session: Session, baseUrl: string): Promise<Reading<Monitor>> => {
  const tally = new RowCount();
  const pages = await paginate(session, publishedInsightsRequest(null), (reply) =>
    readPublishedInsights(reply.json, tally, baseUrl),
  );
  const index = await indexFor(session);
  const outcomes = pages.items.map((insight) => monitorOf(insight, index));
  const { items, faults } = distinctById(
    outcomes.flatMap((outcome) => (outcome.kind === 'monitor' ? [outcome.monitor] : [])),
    'insights',
  );
  const left = outcomes.filter((outcome) => outcome.kind === 'inexpressible').length;
  const notes: Note[] = [];
  if (items.length > 0) {
    notes.push({
      code: 'sensitivity-unknown',
      message: 'CloudZero does not report the sensitivity of an insight; it is shown as medium.',
    });
  }
  if (left > 0) {
    notes.push({
      code: 'insight-inexpressible',
      message: `${left} CloudZero insights have filters that a monitor cannot express; they are not listed.`,
    });
  }
  const walked = pages.faults.length > 0 ? pages.faults : tally.faults('pagination');
  return { items, notes, faults: [...walked, ...faults] };
};

/** Insights of the published dialect, and views of the live one. */
export const createMonitorSource = (settings: AnswerSettings): MonitorSource => ({
  list: (session) =>
    inDialect(session, settings.dialect, (dialect) =>
      dialect === 'published'
        ? publishedMonitors(session, settings.baseUrl)
        : listViewMonitors(session, settings.currency),
    ),
  writes: createMonitorWrites(settings),
});
