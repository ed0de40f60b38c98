import type { CostCenter } from '../../src/domain/nouns.ts';
import { type CostCenterSource, decode, decodeItems } from '../../src/vendor/kit/index.ts';
import { distinctBy } from './distinct.ts';
import type { Decoded } from './normalise.ts';
import { readCostCenters } from './requests.ts';
import { costCenterSchema, costCentersSchema } from './wire-checks.ts';

/**
 * Business units. What one costs this month is left open: tags may cut a part out of its accounts, and the one call
 * that would tell it promises more than its document shows.
 */
export const costCentersOf = (json: unknown): Decoded<CostCenter> => {
  const rows = decodeItems(costCenterSchema, decode(costCentersSchema, json, 'cost_centers'), 'cost_centers');
  const { items, faults } = distinctBy(
    rows.items.map(
      (row): CostCenter => ({ nativeId: row.id, name: row.name, accounts: row.cost_account_id, currentMonth: null }),
    ),
    (center) => center.nativeId,
    'cost_centers',
  );
  return { items, faults: [...rows.faults, ...faults] };
};

export const costCenters: CostCenterSource = {
  list: async (session) => ({ ...costCentersOf((await session.call(readCostCenters())).json), notes: [] }),
};
