import { z } from 'zod';
import { none } from '../src/server/operation/operation.ts';
import { budgetAnswer } from './shared/budget-answers.ts';
import { budgetFields, connectionId } from './shared/budget-body.ts';
import { defineWrite } from './shared/operation.ts';
import { writeProblems, writtenOnce } from './shared/problems.ts';

export const createBudget = defineWrite({
  id: 'createBudget',
  method: 'POST',
  path: '/v1/budgets',
  tag: 'Budgets',
  summary: 'Set up a budget',
  description: `Written through to the vendor. Where the vendor has no budgets at all, the gateway keeps it and sets it against the connection's costs (\`managedBy: gateway\`). What cannot be held is a 422 that says what can. ${writtenOnce}`,
  scope: 'write',
  query: none,
  params: none,
  body: z.strictObject({ connection: connectionId, ...budgetFields }).meta({ id: 'CreateBudget' }),
  answers: { 201: budgetAnswer('The budget; `Location` is its path.') },
  problems: writeProblems,
  handle: ({ body, services, ...ask }) => services.budgets.create(body, ask),
});
