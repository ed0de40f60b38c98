import type { Capabilities } from '../../src/vendor/kit/index.ts';
import { budgetSource } from './budgets.ts';
import { type CostSettings, costSource } from './costs.ts';
import { dimensionList } from './dialect.ts';
import { indexDimensions, listDimensions } from './dimensions.ts';
import { recommendationSource } from './insights.ts';
import { monitorSource } from './monitors.ts';

/** The vendor has no route that reads anomalies, and none that lists accounts without spending a cost query. */
export const capabilitiesOf = (settings: CostSettings): Capabilities => ({
  costs: costSource(settings),
  budgets: budgetSource(settings),
  monitors: monitorSource(settings),
  recommendations: recommendationSource(settings),
  dimensions: {
    list: async (session) => {
      const list = await dimensionList(session);
      const { items, faults } = listDimensions(indexDimensions(list.dimensions));
      return { items, notes: [], faults: [...list.faults, ...faults] };
    },
  },
});
