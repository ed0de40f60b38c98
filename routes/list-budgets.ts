import { z } from 'zod';
import { budgetSchema } from '../src/domain/answer-schemas.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { budgetPeriods } from '../src/domain/nouns.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { choice, many } from '../src/server/operation/parameters.ts';
import { exampleBudget } from './shared/budget-answers.ts';
import { connectionFilters, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listBudgets = defineOperation({
  id: 'listBudgets',
  method: 'GET',
  path: '/v1/budgets',
  tag: 'Budgets',
  summary: 'Budgets of every vendor',
  description:
    'What may be spent and what was. `remaining`, `percentUsed` and `status` are always computed from limit and spent here, whatever a vendor says; `status` is `unknown` while the spend is, and for a budget without a limit.',
  scope: 'read',
  query: z.strictObject({
    status: many(
      choice(['ok', 'warning', 'exceeded', 'unknown']).meta({
        description: 'Only budgets with this status. Repeat it for several.',
        examples: ['exceeded'],
      }),
    ).optional(),
    period: many(
      choice(budgetPeriods).meta({
        description: 'Only budgets of this period. Repeat it for several.',
        examples: ['monthly'],
      }),
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
      schema: z.object({ data: z.array(budgetSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [exampleBudget],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({
    json: await services.budgets.list(query, ask),
  }),
});
