import { sourceAccountSchema } from '../domain/nouns.ts';
import { defineList, idOf } from './plain-list.ts';

/** What cost is billed to: accounts, sub-accounts, deployments, projects. */
export const createAccountService = defineList({
  name: 'accounts',
  item: sourceAccountSchema,
  maxAgeMs: 60 * 60_000,
  source: ({ accounts }) => accounts,
  present: ({ parentId, ...account }, connection) => ({
    ...account,
    parentId: parentId === null ? null : idOf(connection, parentId),
  }),
});
