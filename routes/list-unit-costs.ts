import { z } from 'zod';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { unitCostSchema } from '../src/domain/unit-cost.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { connectionFilters, range, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listUnitCosts = defineOperation({
  id: 'listUnitCosts',
  method: 'GET',
  path: '/v1/unit-costs',
  tag: 'Costs',
  summary: 'What one unit of something costs',
  description:
    'Unit costs are defined in the connections file (`unitCosts`): the billed cost of a filter, divided by what a stream of unit metrics counted or by a number for each month. There is one row for each month and currency. A month whose quantity is missing or zero has no row, and a note that says so; a quantity of a whole month is not used for a part of one. `unitCost` is rounded half to even to 12 significant digits, and nothing else is rounded.',
  scope: 'read',
  query: z.strictObject({ ...range, ...connectionFilters, ...paging, strict }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of the list.',
      schema: z.object({ data: z.array(unitCostSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            id: 'acme:cost-per-order:2026-10:USD',
            provider: 'acme',
            connection: 'acme',
            name: 'Cost per order',
            unit: 'order',
            period: { start: '2026-10-01', end: '2026-11-01' },
            quantity: '2717',
            cost: { amount: '1000', currency: 'USD' },
            unitCost: { amount: '0.368052999632', currency: 'USD' },
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: [...listProblems, 'capability-unsupported'],
  handle: async ({ query, services, ...ask }) => ({ json: await services.unitCosts.list(query, ask) }),
});
