import { sourceCostCenterSchema } from '../domain/nouns.ts';
import type { Ask, ListParameters } from './list-request.ts';
import type { Lists } from './lists.ts';

export interface CostCenterService {
  list(parameters: ListParameters, ask: Ask): Promise<unknown>;
}

const maxAgeMs = 60 * 60_000;

export const openCostCenterService = (lists: Lists): CostCenterService => ({
  list: (parameters, ask) =>
    lists.list({
      name: 'cost-centers',
      parameters,
      ask,
      item: sourceCostCenterSchema,
      maxAgeMs,
      source: ({ connector }) => {
        const { costCenters } = connector.capabilities;
        return costCenters === undefined ? null : (session) => costCenters.list(session);
      },
      present: ({ nativeId, name, accounts, currentMonth }, connection) => ({
        id: `${connection.id}:${nativeId}`,
        provider: connection.provider,
        connection: connection.id,
        name,
        accounts: accounts.map((account) => `${connection.id}:${account}`),
        currentMonth,
      }),
    }),
});
