import { z } from 'zod';
import { recommendationSchema } from '../src/domain/answer-schemas.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { connectionFilters, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listRecommendations = defineOperation({
  id: 'listRecommendations',
  method: 'GET',
  path: '/v1/recommendations',
  tag: 'Recommendations',
  summary: 'Savings and guidance',
  description:
    "What vendors recommend, in their own words for category and status. `savings` is null where the vendor names no amount; its period is the vendor's.",
  scope: 'read',
  query: z.strictObject({ ...connectionFilters, ...paging, strict }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of the list.',
      schema: z.object({ data: z.array(recommendationSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            id: 'acme:rec-12',
            provider: 'acme',
            connection: 'acme',
            title: 'Delete volumes that nothing is attached to',
            description: 'Twelve volumes have not been read for 30 days.',
            category: 'storage',
            status: 'open',
            effort: 'low',
            savings: { amount: '84.5', currency: 'USD' },
            scope: { account: '33240000000011003' },
            link: null,
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({ json: await services.recommendations.list(query, ask) }),
});
