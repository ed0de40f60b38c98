import { noBody, none } from '../src/server/operation/operation.ts';
import { budgetAnswer } from './shared/budget-answers.ts';
import { budgetId } from './shared/budget-body.ts';
import { defineOperation } from './shared/operation.ts';
import { readProblems } from './shared/problems.ts';

export const getBudget = defineOperation({
  id: 'getBudget',
  method: 'GET',
  path: '/v1/budgets/{id}',
  tag: 'Budgets',
  summary: 'One budget',
  description:
    'The budget as it stands in the list. A budget that the gateway keeps itself (`managedBy: gateway`) is set against the same costs that `/v1/costs` answers with, by calendar periods.',
  scope: 'read',
  query: none,
  params: budgetId,
  body: noBody,
  answers: { 200: budgetAnswer('The budget.') },
  problems: readProblems,
  handle: async ({ params, services, ...ask }) => ({ json: await services.budgets.get(params.id, ask) }),
});
