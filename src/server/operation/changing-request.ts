import type { ChangingRequest } from '../../services/writes/idempotent.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import { LineBody } from './line-body.ts';
import type { OperationCall } from './mount.ts';

/** The request that an idempotency key identifies. */
export const changingRequestOf = ({ operation, input, request }: OperationCall): ChangingRequest => {
  const { method, path } = operation;
  const query = [...input.query].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    consumer: input.consumer.name,
    operation: operation.id,
    requestId: request.id,
    // The key of a body that is read as it comes stands for its path and query alone.
    content: { method, path, params: input.params, query, body: input.body instanceof LineBody ? null : input.body },
    key: readIdempotencyKey(request.raw.rawHeaders),
    deadline: input.deadline,
  };
};
