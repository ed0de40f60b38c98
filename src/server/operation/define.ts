import type { z } from 'zod';
import type { WriteResult } from '../../services/writes/write-result.ts';
import { readInput } from './input.ts';
import type { Operation, OperationAnswer, OperationEntry, OperationInput, WriteInput } from './operation.ts';
import { answerOfWrite } from './write-answer.ts';

/** Defines operations whose handlers receive these services and return the answer. */
export const defineOperationsOver =
  <Services>() =>
  <Query extends z.ZodObject, Params extends z.ZodObject, Body extends z.ZodType>(
    definition: OperationEntry<Query, Params, Body> & {
      readonly handle: (
        input: OperationInput<Services, z.output<Query>, z.output<Params>, z.output<Body>>,
      ) => Promise<OperationAnswer> | OperationAnswer;
    },
  ): Operation<Services> => ({
    ...definition,
    run: async ({ once: _once, ...raw }, services) =>
      definition.handle({ ...raw, ...readInput(definition, raw), services }),
  });

/**
 * Defines operations that write. The handler returns what was done, which decides between 201 with `Location`, 200 and
 * 204. A request that is repeated under its idempotency key gets the same answer.
 */
export const defineWritesOver =
  <Services>() =>
  <Query extends z.ZodObject, Params extends z.ZodObject, Body extends z.ZodType>(
    definition: OperationEntry<Query, Params, Body> & {
      readonly handle: (
        input: WriteInput<Services, z.output<Query>, z.output<Params>, z.output<Body>>,
      ) => Promise<WriteResult>;
    },
  ): Operation<Services> => ({
    ...definition,
    run: async ({ once, ...raw }, services) => {
      const result = await once(async (ticket) =>
        definition.handle({ ...raw, ...readInput(definition, raw), services, ticket }),
      );
      return answerOfWrite(result, definition.resultsUnder ?? definition.path);
    },
  });
