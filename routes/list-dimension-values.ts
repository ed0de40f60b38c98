import { z } from 'zod';
import { dimensionValueSchema } from '../src/domain/answer-schemas.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { noBody } from '../src/server/operation/operation.ts';
import { connectionFilters, range, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listDimensionValues = defineOperation({
  id: 'listDimensionValues',
  method: 'GET',
  path: '/v1/dimensions/{key}/values',
  tag: 'Dimensions',
  summary: 'The values of one dimension that occur',
  description:
    'What costs of the range have under this key, each once per provider, in the order of the values; the month to date when no range is given. Costs without a value are left out. A provider that lacks the dimension names it in `missing`.',
  scope: 'read',
  query: z.strictObject({ ...range, ...connectionFilters, ...paging, strict }),
  params: z.strictObject({
    key: z.string().meta({
      description: 'A key of `GET /v1/dimensions`, percent-encoded, such as `service` or `tag:Environment`.',
      example: 'service',
    }),
  }),
  body: noBody,
  answers: {
    200: {
      description: 'A page of the list.',
      schema: z.object({ data: z.array(dimensionValueSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [{ value: 'AmazonS3', label: 'Amazon Simple Storage Service', provider: 'acme' }],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: [...listProblems, 'not-found'],
  handle: async ({ params, query, services, ...ask }) => ({
    json: await services.dimensionValues.values(params.key, query, ask),
  }),
});
