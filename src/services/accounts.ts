import { sourceAccountSchema } from '../domain/nouns.ts';
import type { Ask, ListParameters } from './list-request.ts';
import type { Lists } from './lists.ts';

export interface AccountService {
  list(parameters: ListParameters, ask: Ask): Promise<unknown>;
}

const maxAgeMs = 60 * 60_000;

export const openAccountService = (lists: Lists): AccountService => ({
  list: (parameters, ask) =>
    lists.list({
      name: 'accounts',
      parameters,
      ask,
      item: sourceAccountSchema,
      maxAgeMs,
      source: ({ connector }) => {
        const { accounts } = connector.capabilities;
        return accounts === undefined ? null : (session) => accounts.list(session);
      },
      present: (account, connection) => {
        const { parentId, ...rest } = account;
        return {
          id: `${connection.id}:${account.nativeId}`,
          provider: connection.provider,
          connection: connection.id,
          ...rest,
          parentId: parentId === null ? null : `${connection.id}:${parentId}`,
        };
      },
    }),
});
