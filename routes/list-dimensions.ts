import { z } from 'zod';
import { dimensionSchema } from '../src/domain/answer-schemas.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { connectionFilters, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listDimensions = defineOperation({
  id: 'listDimensions',
  method: 'GET',
  path: '/v1/dimensions',
  tag: 'Dimensions',
  summary: 'What can be grouped and filtered by',
  description:
    'Every key that `groupBy` takes, and which providers know it. A provider that lacks one answers its cost under null and names the key in `missing`.',
  scope: 'read',
  query: z.strictObject({ ...connectionFilters, ...paging, strict }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of the list.',
      schema: z.object({ data: z.array(dimensionSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [{ key: 'service', providers: ['acme'], filterable: true, groupable: true }],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({
    json: await services.dimensions.list(query, ask),
  }),
});
