import { z } from 'zod';
import { costCenterSchema } from '../src/domain/answer-schemas.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { connectionFilters, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listCostCenters = defineOperation({
  id: 'listCostCenters',
  method: 'GET',
  path: '/v1/cost-centers',
  tag: 'Accounts',
  summary: 'Business units and their like',
  description:
    "What vendors keep to sum the cost of several accounts under. `currentMonth` is the vendor's, or the sum of the accounts where a center is nothing but these; otherwise it is null. A budget's `scope.costCenter` takes the part of the id behind the connection.",
  scope: 'read',
  query: z.strictObject({ ...connectionFilters, ...paging, strict }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of the list.',
      schema: z.object({ data: z.array(costCenterSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            id: 'acme:cc-7',
            provider: 'acme',
            connection: 'acme',
            name: 'Research',
            accounts: ['acme:33240000000011003'],
            currentMonth: null,
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({ json: await services.costCenters.list(query, ask) }),
});
