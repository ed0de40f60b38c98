import { z } from 'zod';
import { none } from '../src/server/operation/operation.ts';
import { budgetAnswer } from './shared/budget-answers.ts';
import { budgetFields, budgetId, connectionId } from './shared/budget-body.ts';
import { defineWrite } from './shared/operation.ts';
import { writeProblems, writtenOnce } from './shared/problems.ts';

export const replaceBudget = defineWrite({
  id: 'replaceBudget',
  method: 'PUT',
  path: '/v1/budgets/{id}',
  tag: 'Budgets',
  summary: 'Change a budget',
  description: `Replaces all of it: what is left out is emptied. Of two changes at once the later one holds. ${writtenOnce}`,
  scope: 'write',
  query: none,
  params: budgetId,
  body: z.strictObject({ connection: connectionId.optional(), ...budgetFields }).meta({ id: 'ReplaceBudget' }),
  answers: { 200: budgetAnswer('The budget as it is now.') },
  problems: writeProblems,
  handle: ({ params, body, services, ...ask }) => services.budgets.replace(params.id, body, ask),
});
