import { addDays } from '../../src/domain/day.ts';
import type { Probes } from '../../src/vendor/kit/index.ts';
import { operations } from './catalogue.ts';
import { instanceCostsRequest } from './requests.ts';

/** One role covers everything that is read and written: one day of costs shows it. */
export const probesFor = (organizationId: string): Probes => ({
  permissions: () => [
    {
      permission: operations.costsByInstances.scope,
      neededFor: 'everything',
      mend: 'Give the API key the role Billing admin (or Organization owner) in this organization, and check ELASTIC_ORGANIZATION_ID (organizationId).',
      attempt: async (session) => {
        const end = session.today();
        const request = instanceCostsRequest(organizationId, { start: addDays(end, -1), end }, session.now(), false);
        await session.call({ ...request, attemptsMax: 1 });
        return null;
      },
    },
  ],
});
