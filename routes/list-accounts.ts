import { z } from 'zod';
import { accountSchema } from '../src/domain/answer-schemas.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { connectionFilters, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listAccounts = defineOperation({
  id: 'listAccounts',
  method: 'GET',
  path: '/v1/accounts',
  tag: 'Dimensions',
  summary: 'Accounts, sub-accounts, deployments and projects',
  description:
    'Everything that cost is billed to, with this and last month where the vendor tells them. Where it does not tell this month, it is the sum of the costs by account, or of the accounts below; a note says so. No query is spent on it that counts against a quota of costs: it is null until somebody has asked for costs by account. `nativeId` is the value that stands under `account` in cost rows.',
  scope: 'read',
  query: z.strictObject({ ...connectionFilters, ...paging, strict }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of the list.',
      schema: z.object({ data: z.array(accountSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            id: 'acme:33240000000011003',
            provider: 'acme',
            connection: 'acme',
            name: 'Production',
            kind: 'account',
            parentId: null,
            nativeId: '33240000000011003',
            state: 'active',
            currentMonth: { amount: '15003.415', currency: 'USD' },
            previousMonth: null,
            forecast: null,
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({
    json: await services.accounts.list(query, ask),
  }),
});
