import { type Change, type ChangeCoverage, type ChangeLog, changeKeepDays } from '../costs/segments/change-log.ts';
import type { Clock } from '../domain/clock.ts';
import { addDays, type Day, dayOfInstant } from '../domain/day.ts';
import { Failure, invalid } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import { freshPart, type Part } from '../vendor/part.ts';
import type { Ask, ListParameters } from './list-request.ts';
import type { Lister } from './lister.ts';
import type { PagedAnswer } from './paging/pager.ts';

export interface ChangeParameters extends ListParameters {
  readonly since?: Day | undefined;
}

export interface PresentedChange extends Change {
  readonly provider: string;
  readonly connection: string;
}

export interface ChangeService {
  list(parameters: ChangeParameters, ask: Ask): Promise<PagedAnswer<PresentedChange>>;
}

const changeDaysDefault = 30;

/** Why not every change since that day can be in the list; null where it can. */
const gapOf = (title: string, { knownSince, cut }: ChangeCoverage, since: Day, today: Day): string | null => {
  if (knownSince === null) return `No day of ${title} has been read a second time yet, so no change could be seen.`;
  const first = dayOfInstant(knownSince);
  if (since < addDays(today, -changeKeepDays) && first <= addDays(today, -changeKeepDays)) {
    return `Changes are kept for ${changeKeepDays} days: those that were seen before ${first} are not known.`;
  }
  if (since < first) return `Days of ${title} have been read again since ${first}: changes before that are not known.`;
  return cut ? `More changes of ${title} were seen than are kept, so some are not known.` : null;
};

export const createChangeService = (
  clock: Clock,
  changeLog: ChangeLog,
  lister: Lister<PresentedChange>,
): ChangeService => ({
  list: async (parameters, ask) => {
    const today = clock.today();
    const since = parameters.since ?? addDays(today, -changeDaysDefault);
    if (since > today) throw invalid('query.since', `must not lie after today (${today})`);
    const sinceMs = Date.parse(since);
    const part = async (connection: Connection): Promise<Part<readonly Change[]>> => {
      const changes = freshPart(await changeLog.list(connection, sinceMs));
      const gap = gapOf(connection.title, await changeLog.coverage(connection, sinceMs), since, today);

      if (gap === null) return changes;
      return { ...changes, state: 'partial', failure: new Failure('capability-unsupported', { public: gap }) };
    };
    return lister.list({
      name: 'changes',
      parameters,
      ask,
      part,
      items: (parts) =>
        parts
          .flatMap(({ connection: { provider, id }, value }) =>
            value.map((change) => ({ provider, connection: id, ...change })),
          )
          .sort((left, right) => (left.seenAt < right.seenAt ? 1 : left.seenAt > right.seenAt ? -1 : 0)),
    });
  },
});
