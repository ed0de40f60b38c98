import { z } from 'zod';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { policyKinds, policySchema, policyStatuses } from '../src/domain/policy.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { choice, many } from '../src/server/operation/parameters.ts';
import { connectionFilters, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listPolicies = defineOperation({
  id: 'listPolicies',
  method: 'GET',
  path: '/v1/policies',
  tag: 'Recommendations',
  summary: 'What vendors check, and whether it holds',
  description:
    "Governance checks and reports on tags, as vendors keep them. `status` is `unknown` where the vendor's own word, in `nativeStatus`, says neither that the policy holds nor that it is violated.",
  scope: 'read',
  query: z.strictObject({
    kind: many(
      choice(policyKinds).meta({ description: 'Only this kind. Repeat it for several.', examples: ['governance'] }),
    ).optional(),
    status: many(
      choice(policyStatuses).meta({ description: 'Only this status. Repeat it for several.', examples: ['violated'] }),
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
      schema: z.object({ data: z.array(policySchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            id: 'acme:governance-95',
            provider: 'acme',
            connection: 'acme',
            name: 'No volume without an owner',
            kind: 'governance',
            status: 'violated',
            nativeStatus: '2',
            findings: 12,
            value: '12',
            threshold: '5',
            unit: 'count',
            scope: { account: '33240000000011003' },
            checkedAt: '2026-11-21T09:52:10Z',
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({ json: await services.policies.list(query, ask) }),
});
