import type { Monitor } from '../../../src/domain/nouns.ts';
import { type Note, paginate, type Reading, type Session } from '../../../src/vendor/kit/index.ts';
import { indexFor } from '../dimension-index.ts';
import { distinctById } from '../distinct.ts';
import { RowCount } from '../paging.ts';
import { type ViewOutcome, viewMonitor } from './normalise.ts';
import { readViews } from './pages.ts';
import { viewsRequest } from './requests.ts';

const namedMax = 10;
const named = (names: readonly string[]): string => {
  const quoted = names.slice(0, namedMax).map((name) => `"${name.slice(0, 60)}"`);
  return names.length > namedMax ? `${quoted.join(', ')} and ${names.length - namedMax} more` : quoted.join(', ');
};

const notesOf = (outcomes: readonly ViewOutcome[]): Note[] => {
  const notes: Note[] = [];
  const watching = outcomes.flatMap((outcome) => (outcome.kind === 'monitor' ? [outcome] : []));
  const fixed = watching.filter(({ threshold }) => threshold !== null);
  const idle = outcomes.flatMap((outcome) => (outcome.kind === 'idle' ? [outcome.name] : []));
  const left = outcomes.filter((outcome) => outcome.kind === 'inexpressible').length;
  if (fixed.length < watching.length) {
    notes.push({
      code: 'sensitivity-automatic',
      message:
        'CloudZero sets the threshold of a view by its costs of the last 30 days, from 5 USD up to 500 USD; it is shown as medium sensitivity.',
    });
  }
  for (const { monitor, threshold } of fixed.slice(0, namedMax)) {
    notes.push({
      code: 'threshold-percent',
      message: `The view ${named([monitor.name])} has a threshold of ${threshold}, of the average day of the last 30 days; it is shown as medium sensitivity, and kept when the monitor is replaced.`,
    });
  }
  if (fixed.length > namedMax) {
    notes.push({
      code: 'threshold-percent',
      message: `${fixed.length - namedMax} more views have a threshold of their own.`,
    });
  }
  if (idle.length > 0) {
    notes.push({
      code: 'view-not-watching',
      message: `The anomaly detection of ${idle.length} CloudZero views is switched off, so they are no monitors: ${named(idle)}.`,
    });
  }
  if (left > 0) {
    notes.push({
      code: 'view-inexpressible',
      message: `${left} CloudZero views have filters that a monitor cannot express; they are not listed.`,
    });
  }
  return notes;
};

/** The views of the live dialect, in which the vendor looks for anomalies. */
export const listViewMonitors = async (session: Session, currency: string): Promise<Reading<Monitor>> => {
  const tally = new RowCount();
  const pages = await paginate(session, viewsRequest(null), (reply) => readViews(reply.json, tally));
  const index = await indexFor(session);
  const outcomes = pages.items.map((view) => viewMonitor(view, index, currency));
  const { items, faults } = distinctById(
    outcomes.flatMap((outcome) => (outcome.kind === 'monitor' ? [outcome.monitor] : [])),
    'views',
  );
  const walked = pages.faults.length > 0 ? pages.faults : tally.faults('pagination');
  return { items, notes: notesOf(outcomes), faults: [...walked, ...faults] };
};
