import { operations } from '../../../routes/index.ts';
import type { OperationEntry } from '../../../src/server/operation/operation.ts';

export const operationOf = (id: string): OperationEntry => {
  const operation = operations.find((each) => each.id === id);
  if (operation === undefined) throw new TypeError(`routes/index.ts has no ${id}`);
  return operation;
};

export const takes = (operation: OperationEntry, name: string): boolean => Object.hasOwn(operation.query.shape, name);

/** Lists that come in pages and need nothing in their path. */
export const lists: readonly OperationEntry[] = operations.filter(
  (operation) => operation.method === 'GET' && !operation.path.includes('{') && takes(operation, 'cursor'),
);
