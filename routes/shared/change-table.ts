import type { Table } from '../../src/server/representation/represent-list.ts';
import type { PresentedChange } from '../../src/services/changes.ts';

export const changeTable: Table<PresentedChange> = {
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
