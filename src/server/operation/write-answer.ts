import type { WriteResult } from '../../services/writes/write-result.ts';
import type { OperationAnswer } from './operation.ts';

/** `path` is that of the operation; a created resource has a path below it. */
export const answerOfWrite = (result: WriteResult, path: string): OperationAnswer => {
  if (result.done === 'removed') return { status: 204 };
  if (result.done === 'changed') return { status: 200, headers: {}, json: result.body };
  return { status: 201, headers: { location: `${path}/${encodeURIComponent(result.id)}` }, json: result.body };
};
