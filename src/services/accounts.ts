import { sourceAccountSchema } from '../domain/nouns.ts';
import { defineList, idOf } from './plain-list.ts';

/** Accounts, sub-accounts, deployments and projects that costs are billed to. */
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
