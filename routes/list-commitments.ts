import { z } from 'zod';
import { commitmentKinds, commitmentSchema } from '../src/domain/commitment.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { choice, day, many, one } from '../src/server/operation/parameters.ts';
import { connectionFilters, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listCommitments = defineOperation({
  id: 'listCommitments',
  method: 'GET',
  path: '/v1/commitments',
  tag: 'Recommendations',
  summary: 'Reservations, savings plans and prepaid credit',
  description:
    "What was committed to in advance, and how well it is used. What a vendor does not tell is null; a vendor that lists no commitments of some kind says so in its notes. `start` and `end` are the vendor's calendar days. `scope.account` is an id that costs can be filtered by.",
  scope: 'read',
  query: z.strictObject({
    kind: many(
      choice(commitmentKinds).meta({
        description: 'Only this kind. Repeat it for several.',
        examples: ['reservation'],
      }),
    ).optional(),
    expiresBefore: one(
      day.meta({ description: 'Only what ends before this day, in UTC.', examples: ['2026-12-31'] }),
    ).optional(),
    ...connectionFilters,
    ...paging,
    strict,
  }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of the list.',
      schema: z.object({ data: z.array(commitmentSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            id: 'acme:ri-7',
            provider: 'acme',
            connection: 'acme',
            kind: 'reservation',
            name: 'Databases 2026',
            scope: { account: '33240000000011003', region: 'us-east-1' },
            start: '2026-04-22',
            end: '2027-04-22',
            coveragePercent: '31.41',
            utilisationPercent: '97.93',
            percentagesOf: 'product',
            cost: null,
            savings: null,
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({ json: await services.commitments.list(query, ask) }),
});
