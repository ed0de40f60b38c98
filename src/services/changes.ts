import type { Change, Journal } from '../costs/segments/change-log.ts';
import type { Clock } from '../domain/clock.ts';
import { addDays, type Day } from '../domain/day.ts';
import { invalid } from '../domain/failure/failure.ts';
import type { OperationAnswer } from '../server/operation/define.ts';
import { represent, type Table } from '../server/representation/represent.ts';
import type { Connection } from '../vendor/connection.ts';
import { type Ask, type ListParameters, limitDefault, questionOf } from './list-request.ts';
import type { Pager } from './pager.ts';
import { visibleConnections } from './visible-connections.ts';

export interface ChangeParameters extends ListParameters {
  readonly since?: Day | undefined;
}

export interface PresentedChange extends Change {
  readonly provider: string;
  readonly connection: string;
}

export interface ChangeService {
  list(parameters: ChangeParameters, ask: Ask): Promise<OperationAnswer>;
}

const daysDefault = 30;

const table: Table<PresentedChange> = {
  columns: ['provider', 'connection', 'day', 'group', 'before', 'after', 'currency', 'seenAt'],
  cells: (change) => [
    { text: change.provider },
    { text: change.connection },
    { text: change.day },
    { text: JSON.stringify(change.group) },
    { number: change.before.amount },
    { number: change.after.amount },
    { text: change.after.currency },
    { text: change.seenAt },
  ],
};

export const openChangeService = (
  clock: Clock,
  journal: Journal,
  pager: Pager<PresentedChange>,
  connections: readonly Connection[],
): ChangeService => ({
  list: async (parameters, ask) => {
    const visible = visibleConnections(connections, ask.consumer, parameters);
    const since = parameters.since ?? addDays(clock.today(), -daysDefault);
    if (since > clock.today()) throw invalid('query.since', `must not lie after today (${clock.today()})`);
    const limit = parameters.limit ?? limitDefault;
    const answer = await pager.page({
      operation: 'changes',
      question: questionOf('changes', parameters),
      consumer: ask.consumer.name,
      limit,
      cursor: parameters.cursor,
      build: async () => {
        const lists = await Promise.all(
          visible.map(async (connection) =>
            (await journal.list(connection, Date.parse(since))).map((change) => ({
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
    return represent(answer, table, { accept: ask.accept, path: '/v1/changes', limit });
  },
});
