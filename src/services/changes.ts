import type { Change, ChangeLog } from '../costs/segments/change-log.ts';
import type { Clock } from '../domain/clock.ts';
import { addDays, type Day } from '../domain/day.ts';
import { invalid } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import { type Ask, type ListParameters, limitDefault, questionOf } from './list-request.ts';
import type { PagedAnswer, Pager } from './pager.ts';
import { visibleConnections } from './visible-connections.ts';

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

export const createChangeService = (
  clock: Clock,
  changeLog: ChangeLog,
  pager: Pager<PresentedChange>,
  connections: readonly Connection[],
): ChangeService => ({
  list: async (parameters, ask) => {
    const visible = visibleConnections(connections, ask.consumer, parameters);
    const since = parameters.since ?? addDays(clock.today(), -changeDaysDefault);
    if (since > clock.today()) throw invalid('query.since', `must not lie after today (${clock.today()})`);
    return pager.page({
      operation: 'changes',
      question: questionOf('changes', parameters),
      consumer: ask.consumer.name,
      limit: parameters.limit ?? limitDefault,
      cursor: parameters.cursor,
      build: async () => {
        const lists = await Promise.all(
          visible.map(async (connection) =>
            (await changeLog.list(connection, Date.parse(since))).map((change) => ({
              provider: connection.provider,
              connection: connection.id,
              ...change,
            })),
          ),
        );
        const items = lists
          .flat()
          .sort((left, right) => (left.seenAt < right.seenAt ? 1 : left.seenAt > right.seenAt ? -1 : 0));
        return { items, rest: { meta: { complete: true, providers: [] } } };
      },
    });
  },
});
