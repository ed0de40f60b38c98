import { z } from 'zod';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { tagCoverageSchema } from '../src/domain/tag-coverage.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { freeText, many } from '../src/server/operation/parameters.ts';
import { connectionFilters, currency, range, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listTagCoverage = defineOperation({
  id: 'listTagCoverage',
  method: 'GET',
  path: '/v1/tag-coverage',
  tag: 'Costs',
  summary: 'How much of the cost carries each tag key',
  description:
    'One row for each tag key, connection and currency, over the billed cost of a range. A connection whose costs cannot be told apart by tags has no row and a note; a key that was asked for and that a connection does not have stands in its `missing`. Each key is read from the vendor by itself: without `key` all keys are meant, and more than ten are a 422.',
  scope: 'read',
  query: z.strictObject({
    ...range,
    key: many(
      freeText({ max: 300 }).meta({ description: 'Only this tag key. Repeat it for several.', examples: ['env'] }),
    ).optional(),
    currency,
    ...connectionFilters,
    ...paging,
    strict,
  }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of the list.',
      schema: z.object({ data: z.array(tagCoverageSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            key: 'env',
            provider: 'acme',
            connection: 'acme',
            taggedCost: { amount: '875.5', currency: 'USD' },
            totalCost: { amount: '1000', currency: 'USD' },
            coveragePercent: '87.55',
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: [...listProblems, 'question-too-large', 'conversion-unavailable'],
  handle: async ({ query, services, ...ask }) => ({ json: await services.tagCoverage.list(query, ask) }),
});
