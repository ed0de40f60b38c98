import type { Capabilities } from '../../src/vendor/kit/index.ts';
import { createAccountSource } from './accounts/source.ts';
import { createAnomalySource } from './anomalies/source.ts';
import { createBillSink } from './bills/sink.ts';
import { createBudgetSource } from './budgets/source.ts';
import { createCostSource } from './costs.ts';
import { dimensionList } from './dialect.ts';
import { indexDimensions, listDimensions } from './dimensions.ts';
import { createMonitorSource } from './monitors/source.ts';
import { createRecommendationSource } from './recommendations/source.ts';
import type { AnswerSettings } from './settings.ts';
import { createTelemetrySink } from './telemetry/sink.ts';

export const createCapabilities = (settings: AnswerSettings): Capabilities => ({
  costs: createCostSource(settings),
  budgets: createBudgetSource(settings),
  accounts: createAccountSource(settings),
  anomalies: createAnomalySource(settings),
  monitors: createMonitorSource(settings),
  recommendations: createRecommendationSource(settings),
  telemetry: createTelemetrySink(settings),
  bills: createBillSink(settings),
  dimensions: {
    list: async (session) => {
      const list = await dimensionList(session);
      const { items, faults } = listDimensions(indexDimensions(list.dimensions));
      return { items, notes: [], faults: [...list.faults, ...faults] };
    },
  },
});
