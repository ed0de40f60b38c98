import ts from 'typescript';
import { lineOf, nodesOf } from '../module.ts';
import { type Rule, within } from '../rule.ts';

/** The method that an operation is defined with; null where it is no literal. */
const methodOf = (call: ts.CallExpression): string | null => {
  const [definition] = call.arguments;
  if (definition === undefined || !ts.isObjectLiteralExpression(definition)) return null;
  for (const property of definition.properties) {
    if (!ts.isPropertyAssignment(property) || property.name.getText() !== 'method') continue;
    return ts.isStringLiteralLike(property.initializer) ? property.initializer.text : null;
  }
  return null;
};

const protectedWrites: Rule = {
  name: 'an operation that may change something runs once for its idempotency key',
  advice: 'Define it with defineWrite, so that its handler is given a ticket; defineOperation is for GET alone',
  covers: within('routes'),
  modulesMin: 25,
  check: ({ source }) =>
    nodesOf(source).flatMap((node) => {
      const plain = ts.isCallExpression(node) && node.expression.getText() === 'defineOperation';
      if (!plain || methodOf(node) === 'GET') return [];
      return [{ line: lineOf(source, node), what: `defines ${methodOf(node) ?? 'an unreadable method'} as a read` }];
    }),
  wrong: [
    {
      'routes/create-budget.ts': "export const createBudget = defineOperation({ id: 'createBudget', method: 'POST' });",
    },
    { 'routes/create-budget.ts': 'export const createBudget = defineOperation({ ...shared });' },
  ],
  right: [
    { 'routes/create-budget.ts': "export const createBudget = defineWrite({ id: 'createBudget', method: 'POST' });" },
    { 'routes/get-budget.ts': "export const getBudget = defineOperation({ id: 'getBudget', method: 'GET' });" },
  ],
};

export const writeRules: readonly Rule[] = [protectedWrites];
