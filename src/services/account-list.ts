import { sourceAccountSchema } from '../domain/nouns.ts';
import { idOf, type PlainList } from './plain-list.ts';

/** Accounts, sub-accounts, deployments and projects that costs are billed to, as vendors list them. */
export const accountList: PlainList<typeof sourceAccountSchema> = {
  name: 'accounts',
  item: sourceAccountSchema,
  maxAgeMs: 60 * 60_000,
  source: ({ accounts }) => accounts,
  present: ({ parentId, ...account }, connection) => ({
    ...account,
    parentId: parentId === null ? null : idOf(connection, parentId),
  }),
};
