import { type CostCenter, sourceCostCenterSchema } from '../domain/nouns.ts';
import type { Connection } from '../vendor/connection.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import { type AccountFigures, sumOfAll } from './account-figures.ts';
import type { Ask } from './list-request.ts';
import type { Lister } from './lister.ts';
import { createListService, idOf, type ListService, type PlainList, readPlainList } from './plain-list.ts';

const costCenterList: PlainList<typeof sourceCostCenterSchema> = {
  name: 'cost-centers',
  item: sourceCostCenterSchema,
  maxAgeMs: 60 * 60_000,
  source: ({ costCenters }) => costCenters,
  present: ({ name, accounts, currentMonth }, connection) => ({
    name,
    accounts: accounts.map((account) => idOf(connection, account)),
    currentMonth,
  }),
};

const isSum = ({ currentMonth, sumsAccounts }: CostCenter): boolean => currentMonth === null && sumsAccounts === true;

/** Groups of accounts, such as business units. Those that are known to be no more than that cost what their accounts do. */
export const createCostCenterService = (cache: ListCache, figures: AccountFigures, lister: Lister): ListService => {
  const listed = readPlainList(costCenterList, cache);
  const read = async (connection: Connection, ask: Ask) => {
    const part = await listed(connection, ask);
    if (part === null || !part.value.some(isSum)) return part;
    const accounts = await figures.read(connection, ask).catch(() => null);
    const known = new Map(accounts?.value.map(({ nativeId, currentMonth }) => [nativeId, currentMonth]));
    const value = part.value.map((center) =>
      isSum(center)
        ? { ...center, currentMonth: sumOfAll(center.accounts.map((id) => known.get(id) ?? null)) }
        : center,
    );
    return { ...part, value };
  };
  return createListService(costCenterList, read, lister);
};
