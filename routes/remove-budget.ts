import { noBody, none } from '../src/server/operation/operation.ts';
import { budgetId } from './shared/budget-body.ts';
import { defineWrite } from './shared/operation.ts';
import { writeProblems, writtenOnce } from './shared/problems.ts';

export const removeBudget = defineWrite({
  id: 'removeBudget',
  method: 'DELETE',
  path: '/v1/budgets/{id}',
  tag: 'Budgets',
  summary: 'Remove a budget',
  description: `Removes it where it is kept. A second time it is a 404. ${writtenOnce}`,
  scope: 'write',
  query: none,
  params: budgetId,
  body: noBody,
  answers: { 204: { description: 'It is gone.' } },
  problems: writeProblems,
  handle: ({ params, services, ...ask }) => services.budgets.remove(params.id, ask),
});
